import type { Sql } from 'postgres';
import { connect } from '../../postgres/connect.ts';
import { databaseProblem } from '../../terminal/database-problem.ts';
import { Refusal } from '../command.ts';

/** A connection that keeps other deploys out as long as it is open. */
export interface Lock {
  sql: Sql;
  /** @throws if the connection, and the lock with it, was lost */
  check(): Promise<void>;
  release(): Promise<void>;
}

const WHAT = 'This command';

function parse(url: string): URL {
  try {
    return new URL(url);
  } catch (error) {
    throw databaseProblem(WHAT, url, error);
  }
}

/**
 * Connects and takes the deploy's lock, which the server releases by itself when this process dies.
 *
 * @throws Refusal if another deploy has it, or if the URL leads to a pooler that shares connections between clients,
 * because then no client can own a lock; CannotStart when the database cannot be reached
 */
export async function takeLock(url: string): Promise<Lock> {
  const { port, hostname } = parse(url);
  if (port === '6543') {
    throw new Refusal(
      `${hostname}:6543 is a transaction pooler. Use the direct connection or the session pooler (port 5432).`,
    );
  }
  // One connection that never closes when idle, because it owns the lock.
  const sql = connect(url, {
    idle_timeout: 0,
    max_lifetime: null,
    connection: { application_name: 'atomic-crm-deploy' },
  });
  try {
    const [row] = await sql`select pg_try_advisory_lock(hashtext('atomic-crm.deploy')) as taken`;
    if (!row?.taken) throw new Refusal('Another deploy is running on this database. Wait for it to end.');
  } catch (error) {
    await sql.end({ timeout: 1 });
    throw databaseProblem(WHAT, url, error);
  }
  return {
    sql,
    async check() {
      const [row] = await sql`
        select exists (select from pg_locks where locktype = 'advisory' and granted and pid = pg_backend_pid()) as held`;
      if (!row?.held)
        throw new Error('The connection to the database was lost, and with it the lock of the deploy.');
    },
    release: () => sql.end({ timeout: 5 }),
  };
}
