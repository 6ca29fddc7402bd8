import { startBrowser } from '../browser';
import { bundlePages, clientNames, type ClientName } from '../pages/bundle';
import { atLeast, atMost, show, type Figure, type Plot, type Section, type Table } from '../report/figures';
import type { Cluster } from '../server/cluster';
import { startServer } from '../server/server';
import { runCorrectness } from './correctness';
import { Device } from './drive';
import { middle, ratio, runRounds, type Rounds } from './rounds';

const contacts = 10_000;
const manyContacts = 100_000;
const names: Record<ClientName, string> = {
  ours: 'Atomic CRM',
  rxdb: 'RxDB',
  legend: 'Legend-State',
  upsert: 'bulk upsert',
  raw: 'physical limit',
};

/** Measures the app's client and server against the alternatives, on the same Postgres behind the same latency. */
export async function measureSync(
  cluster: Cluster,
  rounds: number,
  log: (line: string) => void,
): Promise<Section> {
  const pages = await bundlePages();
  const browser = await startBrowser();
  try {
    const server = await startServer(cluster, contacts, pages);
    try {
      const measured = await runRounds(browser.context, server, rounds, log);
      const reconnect = await measureReconnect(browser.context, server);
      const correctness = await runCorrectness(browser.context, server, names, log);
      const large = await measureMany(cluster, browser.context, pages, log);
      return {
        figures: [...targets(measured), ...reconnect, ...large.figures, ...correctness.figures],
        tables: [comparison(measured), large.table, correctness.table],
        plots: bars(measured),
      };
    } finally {
      await server.stop();
    }
  } finally {
    await browser.close();
  }
}

function targets(rounds: Rounds): Figure[] {
  const plain = (name: string, what: string): Figure => ({
    name,
    value: middle(rounds, 'ours', what),
    unit: 'ms',
  });
  return [
    atMost('push 1,000: requests, with the pull that follows', middle(rounds, 'ours', 'pushRequests'), '', 4),
    atLeast(
      "push 1,000: RxDB's time as a multiple of ours",
      ratio(rounds, ['rxdb', 'push'], ['ours', 'push']),
      '×',
      6,
    ),
    plain('push 1,000: time until everything is settled', 'push'),
    atLeast(
      "pull 10,000: RxDB's time as a multiple of ours",
      ratio(rounds, ['rxdb', 'pull'], ['ours', 'pull']),
      '×',
      3,
    ),
    atMost(
      'pull 10,000: our time as a multiple of the physical limit',
      ratio(rounds, ['ours', 'pull'], ['raw', 'pull']),
      '×',
      1.3,
    ),
    atMost('pull 10,000: first rows', middle(rounds, 'ours', 'first'), 'ms', 200),
    plain('pull 10,000: time', 'pull'),
    atLeast(
      "queue 1,000 edits as one bulk action: RxDB's time edit by edit as a multiple of ours",
      ratio(rounds, ['rxdb', 'singly'], ['ours', 'bulk']),
      '×',
      3,
    ),
    {
      name: "queue 1,000 edits as one bulk action: RxDB's time all at once as a multiple of ours",
      value: ratio(rounds, ['rxdb', 'bulk'], ['ours', 'bulk']),
      unit: '×',
    },
    plain('queue 1,000 edits as one bulk action: time', 'bulk'),
    atLeast(
      "queue 1,000 edits one by one: RxDB's time as a multiple of ours",
      ratio(rounds, ['rxdb', 'singly'], ['ours', 'singly']),
      '×',
      1,
    ),
    plain('queue 1,000 edits one by one: time', 'singly'),
    atMost('no-op sync: requests', middle(rounds, 'ours', 'noopRequests'), '', 1),
    atMost('no-op sync: bytes of both bodies', middle(rounds, 'ours', 'noopBytes'), 'B', 1000),
  ];
}

type Context = Parameters<typeof runRounds>[0];
type Server = Parameters<typeof runRounds>[1];

async function measureReconnect(context: Context, server: Server): Promise<Figure[]> {
  const device = await Device.open(context, server, 'ours', 'ours-reconnect');
  await device.call('pull');
  await device.call('queueBulk', 1000);
  await device.page.evaluate(() =>
    (window.bench as unknown as { events(count: number): Promise<void> }).events(1000),
  );
  const { value, traffic } = await device.measure('push');
  await device.close();
  return [
    atMost('reconnect with 1,000 edits and 1,000 events: requests', traffic.requests, '', 4),
    { name: 'reconnect with 1,000 edits and 1,000 events: time', value, unit: 'ms' },
  ];
}

async function measureMany(
  cluster: Cluster,
  context: Context,
  pages: Awaited<ReturnType<typeof bundlePages>>,
  log: (line: string) => void,
): Promise<{ figures: Figure[]; table: Table }> {
  const server = await startServer(cluster, manyContacts, pages);
  try {
    const rows: string[][] = [];
    const figures: Figure[] = [];
    for (const client of ['ours', 'raw', 'rxdb'] as const) {
      const device = await Device.open(context, server, client, `${client}-many`);
      const { value, traffic } = await device.measure('pull');
      await device.close();
      log(`100,000 rows, ${client}: ${JSON.stringify(value)}`);
      const { first, all, memory } = value;
      rows.push([
        names[client],
        show(value.rows),
        show(first, 'ms'),
        show(all, 'ms'),
        String(traffic.requests),
        show(memory / 1e6, 'MB'),
      ]);
      if (client !== 'ours') continue;
      figures.push(
        { name: 'pull 100,000: first rows, from which the app is usable', value: first, unit: 'ms' },
        atMost('pull 100,000: peak memory', memory / 1e6, 'MB', 100),
        { name: 'pull 100,000: time', value: all, unit: 'ms' },
      );
    }
    const columns = ['', 'rows', 'first rows', 'all', 'requests', 'memory'];
    return {
      figures,
      table: { title: 'Pull of 100,000 rows, one round, stopped after a minute', columns, rows },
    };
  } finally {
    await server.stop();
  }
}

const steps: [what: string, title: string, unit: string][] = [
  ['bulk', 'queue 1,000 at once', 'ms'],
  ['singly', 'queue 1,000 one by one', 'ms'],
  ['push', 'push 1,000', 'ms'],
  ['pushRequests', 'push 1,000: requests', ''],
  ['pull', 'pull 10,000', 'ms'],
  ['first', 'pull 10,000: first rows', 'ms'],
  ['rows', 'pull 10,000: rows that arrived', ''],
  ['pullRequests', 'pull 10,000: requests', ''],
  ['memory', 'pull 10,000: memory', 'MB'],
  ['noop', 'no-op sync', 'ms'],
];

const comparison = (rounds: Rounds): Table => ({
  title: `Side by side, median of ${rounds.ours.length} rounds`,
  columns: ['', ...clientNames.map((name) => names[name])],
  rows: steps.map(([what, title, unit]) => [
    title,
    ...clientNames.map((name) => {
      const value = middle(rounds, name, what);
      return Number.isNaN(value) ? '–' : show(value, unit);
    }),
  ]),
});

const bars = (rounds: Rounds): Plot[] =>
  (['push', 'pull', 'singly'] as const).map((what) => ({
    file: `${what}.svg`,
    title: steps.find(([step]) => step === what)?.[1] ?? what,
    unit: 'ms',
    x: [''],
    series: clientNames
      .map((name) => ({ name: names[name], values: [middle(rounds, name, what)] }))
      .filter(({ values }) => !Number.isNaN(values[0])),
  }));
