import { setTimeout as delay } from 'node:timers/promises';
import { rep } from '../../../supabase/embedded/seed/accounts';
import { quantile } from '../report/figures';
import type { BenchServer } from '../server/server';
import { Caller } from '../server/session';

export interface Retention {
  seconds: number;
  removed: number;
  /** Bytes of a log row, including its share of the indexes. */
  bytesPerRow: number;
  /** The slowest push during retention, and the slowest without it, in milliseconds. */
  slowest: { during: number; before: number };
  /** The median push in each case. */
  usual: { during: number; before: number };
  /** The longest time that a writer waited for a lock of retention, in milliseconds. */
  blocked: number;
}

const warmUp = 3_000;

/** Ages `rows` rows of the log beyond their limit and enforces retention while a client keeps writing. */
export async function measureRetention(server: BenchServer, rows: number): Promise<Retention> {
  const { database } = server.backend;
  await database.query(
    `insert into public.activity_logs ("timestamp", occurred_at, user_id, action, entity_type, entity_id, ip_address)
     select t, t, $2::uuid, 'view', 'contacts', gen_random_uuid(), '203.0.113.7'
     from generate_series(1, $1::int) n
     cross join lateral (select now() - interval '1 hour' * (721 + random() * 700) as t) x`,
    [rows, rep.id],
  );
  await database.script('vacuum analyze public.activity_logs');
  const [size] = await database.query<{ bytes: number }>(
    `select (pg_total_relation_size('public.activity_logs') / count(*))::int as bytes from public.activity_logs`,
  );
  const before = await pushing(server, delay(warmUp));
  const start = performance.now();
  let removed = 0;
  const watched = { longest: 0, over: false };
  const watching = watchLocks(server, watched);
  const run = database
    .query<{ removed: { activity_logs: number } }>('select private.enforce_retention() as removed')
    .then(([row]) => void (removed = row?.removed.activity_logs ?? 0));
  const during = await pushing(server, run);
  const seconds = (performance.now() - start) / 1000;
  watched.over = true;
  await watching;
  return {
    seconds,
    removed,
    bytesPerRow: size?.bytes ?? NaN,
    slowest: { during: Math.max(...during), before: Math.max(...before) },
    usual: { during: quantile(during, 0.5), before: quantile(before, 0.5) },
    blocked: watched.longest,
  };
}

/** Pushes an edit repeatedly until `end`, and returns how long each push took. */
async function pushing(server: BenchServer, end: Promise<unknown>): Promise<number[]> {
  const writer = new Caller(server, rep.id);
  const times: number[] = [];
  let over = false;
  const ended = end.finally(() => (over = true));
  for (let each = 0; !over; each++) {
    const records = await writer.records(20);
    times.push((await writer.push(records.slice(each % 20, (each % 20) + 1))).ms);
    await delay(20);
  }
  await ended;
  return times;
}

/** Asks Postgres which statements wait for a lock, and how long they have waited. */
async function watchLocks(
  { backend }: BenchServer,
  watched: { longest: number; over: boolean },
): Promise<void> {
  while (!watched.over) {
    const [row] = await backend.database.query<{ ms: number | null }>(
      `select max(extract(epoch from clock_timestamp() - l.waitstart) * 1000)::float as ms
       from pg_locks l where not l.granted`,
    );
    watched.longest = Math.max(watched.longest, row?.ms ?? 0);
    await delay(25);
  }
}
