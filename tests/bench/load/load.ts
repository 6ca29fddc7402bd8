import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { rep } from '../../../supabase/embedded/seed/accounts';
import { atMost, quantile, show, type Figure, type Section, type Table } from '../report/figures';
import type { Cluster } from '../server/cluster';
import { startServer, type BenchServer } from '../server/server';
import { Caller, tokenFor } from '../server/session';
import type { DeviceOptions, Options, Seen } from './options';

const contacts = 10_000;
const herd = 500;
const steadyDevices = 50;
/** Seconds between a steady device's cycles. The app waits 60, so this is the load of six times as many devices. */
const every = 10;

/**
 * Many devices at once on one Postgres: first all reconnecting at the same moment, then fewer of them over a period.
 */
export async function measureLoad(
  cluster: Cluster,
  seconds: number,
  log: (line: string) => void,
): Promise<Section> {
  const server = await startServer(cluster, contacts);
  server.edge.latency = 0;
  try {
    const devices = await createDevices(server, herd);
    const all = await play(server, devices, 0);
    log(`${herd} devices at once: ${show(all.seconds, 's')}`);
    const steady = await play(server, devices.slice(0, steadyDevices), seconds);
    log(`${steadyDevices} devices for ${seconds} s: ${steady.cycle.length} cycles`);
    const lost = await missing(server, devices, all, steady);
    return {
      figures: [
        ...figuresOf(`${herd} devices at once`, all),
        { name: `${herd} devices at once: time until all are up to date`, value: all.seconds, unit: 's' },
        ...figuresOf(`${steadyDevices} devices, a cycle every ${every} s for ${seconds} s`, steady),
        atMost('edits and events that were lost or applied twice', lost, '', 0),
      ],
      tables: [latencies({ [`${herd} at once`]: all, [`${steadyDevices} steady`]: steady })],
      plots: [],
    };
  } finally {
    await server.stop();
  }
}

const figuresOf = (what: string, seen: Seen): Figure[] => [
  atMost(`${what}: errors`, seen.errors.length, '', 0),
  { name: `${what}: answers that said to try again later`, value: seen.retries, unit: '' },
];

const latencies = (runs: Record<string, Seen>): Table => ({
  title: 'Latency without the network, and number of calls',
  columns: ['', 'call', 'p50', 'p95', 'p99', 'calls'],
  rows: Object.entries(runs).flatMap(([name, seen]) =>
    (['push', 'pull', 'cycle'] as const).map((call) => [
      name,
      call,
      ...[0.5, 0.95, 0.99].map((part) => show(quantile(seen[call], part), 'ms')),
      String(seen[call].length),
    ]),
  ),
});

/** Creates a member, a device and a record for each. */
async function createDevices(
  { backend, signingSecret }: BenchServer,
  count: number,
): Promise<DeviceOptions[]> {
  const members = Array.from({ length: count }, () => randomUUID());
  await backend.database.query(
    `insert into public.members (id, email, full_name, role, active)
     select m, m || '@example.com', 'Device', 'rep', true from unnest($1::uuid[]) m`,
    [`{${members.join(',')}}`],
  );
  const records = await backend.database.query<DeviceOptions['contact']>(
    `select id, version::int, title from public.contacts order by id limit ${count}`,
  );
  return members.map((sub, index) => {
    const contact = records[index];
    if (!contact) throw new Error('There are fewer records than devices.');
    return { token: tokenFor(sub, signingSecret), clientId: randomUUID(), contact };
  });
}

async function play(server: BenchServer, devices: DeviceOptions[], seconds: number): Promise<Seen> {
  const [first] = devices;
  if (!first) throw new Error('There are no devices.');
  const fresh = await current(server, devices);
  const options: Options = {
    url: server.edge.url,
    devices: fresh,
    cursor: await new Caller(server, rep.id).newestCursor(),
    seconds,
    every,
  };
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('devices.ts', import.meta.url))],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  child.stdin.end(JSON.stringify(options));
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += String(chunk)));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`The devices ended with ${String(code)}.`);
  const seen = JSON.parse(said) as Seen;
  for (const error of new Set(seen.errors)) console.error(error);
  return seen;
}

/** The devices with the current state of their records. Each is a new installation, so its sequence starts over. */
async function current({ backend }: BenchServer, devices: DeviceOptions[]): Promise<DeviceOptions[]> {
  const rows = await backend.database.query<DeviceOptions['contact']>(
    'select id, version::int, title from public.contacts where id = any($1::uuid[])',
    [`{${devices.map(({ contact }) => contact.id).join(',')}}`],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return devices.map((device) => ({
    ...device,
    clientId: randomUUID(),
    contact: byId.get(device.contact.id) ?? device.contact,
  }));
}

/**
 * The number of edits and events that are missing or doubled on the server, by its log, its receipts and the records.
 */
async function missing({ backend }: BenchServer, devices: DeviceOptions[], ...runs: Seen[]): Promise<number> {
  const sum = (what: 'edits' | 'events') => runs.reduce((total, seen) => total + seen[what], 0);
  const [row] = await backend.database.query<{
    events: number;
    edits: number;
    receipts: number;
    versions: number;
  }>(
    `select
       (select count(*)::int from public.activity_logs where action = 'view') as events,
       (select count(*)::int from public.activity_logs where action = 'update') as edits,
       (select count(*)::int from private.receipts) as receipts,
       (select sum(version - 1)::int from public.contacts where id = any($1::uuid[])) as versions`,
    [`{${devices.map(({ contact }) => contact.id).join(',')}}`],
  );
  if (!row) return NaN;
  const off = (value: number, expected: number) => Math.abs(value - expected);
  return (
    off(row.events, sum('events')) +
    off(row.edits, sum('edits')) +
    off(row.receipts, sum('edits')) +
    off(row.versions, sum('edits'))
  );
}
