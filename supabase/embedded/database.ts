import type { Connection } from '@supabase/lite';
import { CompiledQuery, type Kysely } from 'kysely';

/** Runs one statement with `$1`-style parameters and returns its rows. */
export type Query = <Row = Record<string, unknown>>(
  statement: string,
  parameters?: unknown[],
) => Promise<Row[]>;

/** The embedded backend's database: PGlite or Postgres, acting as the owner of the tables. */
export interface Database {
  /** The connection that the API layer uses. */
  connection: Connection;
  query: Query;
  /** Runs several statements as one transaction. */
  script(statements: string): Promise<void>;
  /** Runs `job` in one transaction: everything or, if it throws, nothing. */
  transaction<T>(job: (query: Query) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

// Query builders of the API layer carry no table types.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const queryOn = (kysely: Kysely<any>): Query =>
  async function query<Row>(statement: string, parameters: unknown[] = []) {
    const { rows } = await kysely.executeQuery<Row>(CompiledQuery.raw(statement, parameters));
    return rows;
  };

/** Wraps a connection of the API layer. `script` is the driver's function that runs several statements. */
export function asDatabase(connection: Connection, script: Database['script']): Database {
  keepGrants(connection);
  return {
    connection,
    script,
    query: queryOn(connection.kysely),
    transaction: (job) => connection.kysely.transaction().execute((trx) => job(queryOn(trx))),
    close: () => connection.close(),
  };
}

/**
 * On its first request the API layer would grant everything on every schema that has row security, and undo what the
 * migrations revoked. `true` tells it that the grants already exist.
 */
function keepGrants(connection: Connection): void {
  Object.defineProperty(connection, 'ensureRlsContext', { value: async () => true });
}
