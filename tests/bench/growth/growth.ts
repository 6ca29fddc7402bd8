import { admin } from '../../../supabase/embedded/seed/accounts';
import { startBrowser } from '../browser';
import { bundlePages } from '../pages/bundle';
import { atMost, show, type Figure, type Plot, type Section, type Table } from '../report/figures';
import type { Cluster } from '../server/cluster';
import { sizing } from '../report/scaling';
import { startServer } from '../server/server';
import { Device } from '../sync/drive';
import { measureLogging } from './logging';
import { measureRetention } from './retention';
import { bySearched } from './search-growth';
import { byLog, byMembers, byRows, usualCosts, type Costs } from './server-growth';

const rows = [1_000, 10_000, 100_000];
const members = [5, 50, 500];
const logSizes = [10_000, 100_000, 1_000_000];
const outbox = [100, 1_000, 10_000];
const expired = 3_000_000;
/** Ten times the input may cost ten times as much, plus a margin for the noise of a busy machine. */
const linear = 13;
/** The most that may grow and still count as flat: far less than the input grows. */
const flat = 3;

/**
 * Measures each cost as its input grows tenfold, twice; retention of millions of rows; and how much the log costs a
 * push.
 *
 * @param smaller divides all sizes, to try the benchmark itself
 */
export async function measureGrowth(
  cluster: Cluster,
  smaller: number,
  log: (line: string) => void,
): Promise<Section> {
  const all: [string, readonly number[], Costs][] = [];
  const note = (name: string, sizes: readonly number[], costs: Costs) => {
    all.push([name, sizes, costs]);
    log(
      `${name} ${sizes.join(', ')}: ${JSON.stringify(costs, (_, v: unknown) => (typeof v === 'number' ? Number(v.toPrecision(3)) : v))}`,
    );
  };
  const scaled = (sizes: readonly number[]) => sizes.map((size) => size / smaller);
  note('rows', scaled(rows), await byRows(cluster, scaled(rows)));
  note('contacts', scaled(rows), bySearched(scaled(rows)));
  note('outbox', outbox, await byOutbox(cluster));
  const server = await startServer(cluster, 10_000);
  server.edge.latency = 0;
  try {
    const logging = await measureLogging(server);
    note('members', members, await byMembers(server, members));
    note('log', scaled(logSizes), await byLog(server, scaled(logSizes), admin.id));
    const kept = await measureRetention(server, expired / smaller);
    log(`retention: ${JSON.stringify(kept)}`);
    return {
      sizing: sizing({
        ...(await usualCosts(server)),
        logRow: kept.bytesPerRow,
        purged: kept.removed / kept.seconds,
      }),
      figures: [
        ...all.flatMap(([name, , costs]) => growthOf(name, costs)),
        atMost(
          'push of 1,000 writes: time with the log as a multiple of the time without it',
          logging,
          '×',
          1.5,
        ),
        atMost('longest time that retention of 3 million rows blocks a writer', kept.blocked, 'ms', 100),
        { name: 'retention of 3 million rows: time', value: kept.seconds, unit: 's' },
        { name: 'retention of 3 million rows: rows removed', value: kept.removed, unit: '' },
        { name: 'median push during retention', value: kept.usual.during, unit: 'ms' },
        { name: 'median push before retention', value: kept.usual.before, unit: 'ms' },
        { name: 'slowest push during retention', value: kept.slowest.during, unit: 'ms' },
        { name: 'slowest push before retention', value: kept.slowest.before, unit: 'ms' },
        { name: 'size of a log row with its indexes', value: kept.bytesPerRow, unit: 'B' },
      ],
      tables: all.map(([name, sizes, costs]) => tableOf(name, sizes, costs)),
      plots: all.map(([name, sizes, costs]) => plotOf(name, sizes, costs)),
    };
  } finally {
    await server.stop();
  }
}

/** Queueing and sending on the device, as the outbox grows. */
async function byOutbox(cluster: Cluster): Promise<Costs> {
  const server = await startServer(cluster, 10_000, await bundlePages());
  server.edge.latency = 0;
  const browser = await startBrowser();
  const costs: Costs = { queue: [], send: [] };
  try {
    const device = await Device.open(browser.context, server, 'ours', 'ours-outbox');
    await device.call('pull');
    // The first run is slower, because the browser has not compiled the code yet.
    await device.call('queueBulk', 100);
    await device.call('push');
    for (const size of outbox) {
      costs.queue?.push(await device.call('queueBulk', size));
      costs.send?.push(await device.call('push'));
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  return costs;
}

const growthOf = (name: string, costs: Costs): Figure[] =>
  Object.entries(costs).map(([cost, values]) => {
    const steps = values.slice(1).map((value, index) => value / (values[index] ?? NaN));
    const isFlat = cost === 'no-op sync' || cost === 'search';
    const figure = atMost(`10× the ${name}: ${cost} grows`, Math.max(...steps), '×', isFlat ? flat : linear);
    return {
      ...figure,
      target: isFlat ? `flat: ${figure.target}` : `no worse than linear: ${figure.target}`,
    };
  });

const labels = (sizes: readonly number[]) => sizes.map((size) => show(size));

const tableOf = (name: string, sizes: readonly number[], costs: Costs): Table => ({
  title: `Milliseconds by ${name}`,
  columns: ['', ...labels(sizes)],
  rows: Object.entries(costs).map(([cost, values]) => [cost, ...values.map((value) => show(value))]),
});

const plotOf = (name: string, sizes: readonly number[], costs: Costs): Plot => ({
  file: `growth-${name}.svg`,
  title: `Costs by ${name}`,
  unit: 'ms',
  x: labels(sizes),
  series: Object.entries(costs).map(([cost, values]) => ({ name: cost, values })),
});
