import { randomUUID } from 'node:crypto';
import { rep } from '../../../supabase/embedded/seed/accounts';
import { median } from '../report/figures';
import type { Cluster } from '../server/cluster';
import { startServer, type BenchServer } from '../server/server';
import { Caller } from '../server/session';

/** Milliseconds of each cost at each size of one input. */
export type Costs = Record<string, number[]>;

const repeats = 9;
const changed = 100;

async function costs(server: BenchServer): Promise<Record<string, number>> {
  const device = new Caller(server, rep.id);
  const times = {
    'no-op sync': [] as number[],
    'pull 100 changes': [] as number[],
    'push 100 edits': [] as number[],
  };
  // The first calls of a connection plan their statements.
  await device.pull(await device.newestCursor());
  for (let each = 0; each < repeats; each++) {
    const cursor = await device.newestCursor();
    times['no-op sync'].push((await device.pull(cursor)).ms);
    times['push 100 edits'].push((await device.push(await device.records(changed))).ms);
    times['pull 100 changes'].push((await device.pull(cursor)).ms);
  }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
}

/** Milliseconds of the calls in a person's day: a pull without news, a push of one edit, and the pull of that edit. */
export async function usualCosts(server: BenchServer): Promise<{ noop: number; push: number; pull: number }> {
  const device = new Caller(server, rep.id);
  const times = { noop: [] as number[], push: [] as number[], pull: [] as number[] };
  for (let each = 0; each < 30; each++) {
    const cursor = await device.newestCursor();
    times.noop.push((await device.pull(cursor)).ms);
    times.push.push((await device.push(await device.records(1))).ms);
    times.pull.push((await device.pull(cursor)).ms);
  }
  return { noop: median(times.noop), push: median(times.push), pull: median(times.pull) };
}

function add(all: Costs, more: Record<string, number>): void {
  for (const [name, value] of Object.entries(more)) (all[name] ??= []).push(value);
}

/** The cost of a device's calls as the records grow. */
export async function byRows(cluster: Cluster, sizes: readonly number[]): Promise<Costs> {
  const all: Costs = {};
  for (const size of sizes) {
    const server = await startServer(cluster, size);
    server.edge.latency = 0;
    add(all, await costs(server));
    await server.stop();
  }
  return all;
}

/** The cost of a device's calls as the team grows. */
export async function byMembers(server: BenchServer, sizes: readonly number[]): Promise<Costs> {
  const all: Costs = {};
  for (const size of sizes) {
    await server.backend.database.query(
      `insert into public.members (id, email, full_name, role, active)
       select m, m || '@example.com', 'Member', 'rep', true
       from (select gen_random_uuid() as m
         from generate_series(1, $1::int - (select count(*)::int from public.members))) n`,
      [size],
    );
    add(all, await costs(server));
  }
  return all;
}

/** The cost of a device's calls, and of reading the log, as the log grows. */
export async function byLog(server: BenchServer, sizes: readonly number[], admin: string): Promise<Costs> {
  const all: Costs = {};
  const reader = new Caller(server, admin);
  const record = randomUUID();
  for (const size of sizes) {
    await growLog(server, size, record);
    const page: number[] = [];
    const history: number[] = [];
    for (let each = 0; each < repeats; each++) {
      page.push((await reader.call('activity_log', { limit: 50 })).ms);
      history.push((await reader.call('activity_log', { limit: 50, entity_id: record })).ms);
    }
    add(all, {
      'page of the log': median(page),
      "one record's history": median(history),
      ...(await costs(server)),
    });
  }
  return all;
}

/** Fills the log up to `size` rows of the last 29 days. */
async function growLog({ backend }: BenchServer, size: number, record: string): Promise<void> {
  await backend.database.query(
    `insert into public.activity_logs ("timestamp", occurred_at, user_id, action, entity_type, entity_id, ip_address)
     select t, t, $2::uuid, 'view', 'contacts', case when n % 1000 = 0 then $3::uuid else gen_random_uuid() end, '203.0.113.7'
     from generate_series(1, $1::int - (select count(*)::int from public.activity_logs)) n
     cross join lateral (select now() - interval '1 hour' * (random() * 690) as t) x`,
    [size, rep.id, record],
  );
  await backend.database.script('vacuum analyze public.activity_logs');
}
