import type { Connection } from '@supabase/lite';
import { sql } from 'kysely';

/** How long a hosted project lets a statement of a signed-in person run, unless the function says otherwise. */
const LIMIT_OF_THE_ROLE = '8s';

/**
 * Limits the time of a call as a hosted project does: PostgREST sets the `statement_timeout` of the role, or that of
 * the function that is called, for the transaction. Postgres reads that limit when a statement begins, so the setting of
 * the function alone would limit nothing. A call that runs longer fails with 57014.
 */
export function limitCalls(connection: Connection): void {
  const withContext = connection.withContext.bind(connection);
  connection.withContext = (vars, job, options) => {
    const name = /\/rpc\/(\w+)/.exec(options?.rpc?.path ?? '')?.[1];
    if (!name) return withContext(vars, job, options);
    return withContext(
      vars,
      async (database) => {
        await sql`select set_config('statement_timeout', coalesce((
          select split_part(c.setting, '=', 2)
          from pg_catalog.pg_proc p cross join unnest(p.proconfig) c (setting)
          where p.pronamespace = 'api'::regnamespace and p.proname = ${name} and c.setting like 'statement_timeout=%'
          limit 1), ${LIMIT_OF_THE_ROLE}), true)`.execute(database);
        return job(database).catch(withItsCode);
      },
      options,
    );
  };
}

/** The API layer hides this error behind a code of its own. PostgREST answers 500 with the code of Postgres. */
function withItsCode(error: unknown): never {
  if (!(error instanceof Error && 'code' in error && error.code === '57014')) throw error;
  const { code, message } = error;
  throw Object.assign(new Error(JSON.stringify({ code, message, details: null, hint: null })), {
    code: 'PGRST',
    detail: JSON.stringify({ status: 500, headers: {} }),
  });
}
