import { setTimeout as wait } from 'node:timers/promises';
import type { Sql } from 'postgres';

/**
 * Waits until every transaction that began before the window was held has ended: a push that the server accepted before
 * may still write, and the backup must include it. Returns the process ids that are still running after `patience`
 * milliseconds.
 */
export async function drain(sql: Sql, patience = 30_000): Promise<number[]> {
  const before = await inFlight(sql);
  const deadline = Date.now() + patience;
  for (;;) {
    const now = new Set((await inFlight(sql)).map(({ transaction }) => transaction));
    const left = before.filter(({ transaction }) => now.has(transaction));
    if (left.length === 0 || Date.now() > deadline) return left.map(({ pid }) => pid);
    await wait(100);
  }
}

/** The transactions of other connections to this database. Each holds the lock on its own virtual id until it ends. */
const inFlight = (sql: Sql) => sql<{ transaction: string; pid: number }[]>`
  select l.virtualtransaction as transaction, l.pid
  from pg_locks l join pg_stat_activity a on a.pid = l.pid
  where l.locktype = 'virtualxid' and l.granted and a.datname = current_database() and l.pid <> pg_backend_pid()
    and coalesce(a.backend_type, 'client backend') = 'client backend'`;
