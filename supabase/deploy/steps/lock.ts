import postgres, { type Sql } from 'postgres';
import { databaseProblem } from '../../terminal/database-problem.ts';
import { Refusal } from '../command.ts';

/** A connection that keeps other deploys out for as long as it lives. */
export interface Lock {
  sql: Sql;
  /** @throws where the connection was lost meanwhile and the lock with it */
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
 * Connects and takes the deploy's lock, which the server gives back by itself when this process dies.
 *
 * @throws Refusal where another deploy has it, or where the URL leads to a pooler that shares connections between
 *   clients, because a lock is then nobody's; CannotStart when the database cannot be reached
 */
export async function takeLock(url: string): Promise<Lock> {
  const { port, hostname } = parse(url);
  if (port === '6543') {
    throw new Refusal(
      `${hostname}:6543 pools transactions. Use the direct connection or the session pooler (port 5432).`,
    );
  }
  // One connection, never closed for idleness: the lock is its own.
  const sql = postgres(url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    connection: { application_name: 'atomic-crm-deploy' },
  });
  try {
    const [row] = await sql`select pg_try_advisory_lock(hashtext('atomic-crm.deploy')) as taken`;
    if (!row?.taken) throw new Refusal('Another deploy is at work on this database. Wait for it to end.');
  } catch (error) {
    await sql.end({ timeout: 1 });
    throw databaseProblem(WHAT, url, error);
  }
  return {
    sql,
    async check() {
      const [row] = await sql`
        select exists (select from pg_locks where locktype = 'advisory' and granted and pid = pg_backend_pid()) as held`;
      if (!row?.held) throw new Error('The connection was lost, and the lock with it.');
    },
    release: () => sql.end({ timeout: 5 }),
  };
}
