import type { Connection } from '@supabase/lite';
import { sql } from 'kysely';
import { isLostConnection } from './reconnecting.ts';

/** How long a hosted project lets a statement of a signed-in person run, unless the function says otherwise. */
const LIMIT_OF_THE_ROLE = '8s';

/**
 * Makes calls of functions behave as on a hosted project. PostgREST sets the `statement_timeout` of the role, or that of
 * the function that is called, for the transaction. Postgres reads that limit when a statement begins, so the setting of
 * the function alone would limit nothing. A call that runs longer fails with 57014, and one that loses its database with
 * PGRST001.
 */
export function callAsHosted(connection: Connection): void {
  const withContext = connection.withContext.bind(connection);
  connection.withContext = async (vars, job, options) => {
    const name = /\/rpc\/(\w+)/.exec(options?.rpc?.path ?? '')?.[1];
    const limited: typeof job = async (database) => {
      if (name) await setLimit(name, database);
      return job(database);
    };
    try {
      return await withContext(vars, limited, options);
    } catch (error) {
      throw asPostgrest(error);
    }
  };
}

async function setLimit(name: string, database: Connection['kysely']): Promise<void> {
  await sql`select set_config('statement_timeout', coalesce((
    select split_part(c.setting, '=', 2)
    from pg_catalog.pg_proc p cross join unnest(p.proconfig) c (setting)
    where p.pronamespace = 'api'::regnamespace and p.proname = ${name} and c.setting like 'statement_timeout=%'
    limit 1), ${LIMIT_OF_THE_ROLE}), true)`.execute(database);
}

/** The API layer hides these errors behind a code of its own. This gives them the status and the code of PostgREST. */
function asPostgrest(error: unknown): unknown {
  if (isLostConnection(error))
    return refusal(503, 'PGRST001', 'Could not connect with the database. Retrying the connection.');
  if (error instanceof Error && 'code' in error && error.code === '57014')
    return refusal(500, error.code, error.message);
  return error;
}

/** An error in the form in which SQL raises a refusal for PostgREST. */
function refusal(status: number, code: string, message: string): Error {
  const said = JSON.stringify({ code, message, details: null, hint: null });
  return Object.assign(new Error(said), { code: 'PGRST', detail: JSON.stringify({ status, headers: {} }) });
}
