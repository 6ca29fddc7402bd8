import type { PGlite } from '@electric-sql/pglite';
import { btree_gin } from '@electric-sql/pglite/contrib/btree_gin';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';
import { PgliteConnection } from '@supabase/lite/pglite';
import { Mutex } from 'async-mutex';
import {
  CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
} from 'kysely';
import { CannotStart } from '../terminal/cannot-start.ts';
import { asDatabase, type Database } from './database.ts';

/**
 * Opens the PGlite database in a directory, and creates it if it is missing.
 *
 * @throws CannotStart when PGlite cannot work with the files there
 */
export async function openPglite(directory: string): Promise<Database> {
  const connection = new SerialisedPglite(directory);
  try {
    await connection.driver.waitReady;
  } catch (error) {
    throw new CannotStart(
      'PGlite',
      `the database in ${directory} cannot be opened (${error instanceof Error ? error.message : String(error)})`,
      'free up space if the disk is full; otherwise move that folder away to start with a new database',
    );
  }
  return asDatabase(connection, (statements) => connection.script(statements));
}

/**
 * PGlite has one connection and no lock around a transaction: without the mutex, statements of two overlapping requests
 * would run in whichever transaction, and under whichever role, is open. Everything goes through one mutex.
 */
class SerialisedPglite extends PgliteConnection {
  readonly #mutex = new Mutex();

  constructor(directory: string) {
    super({
      url: directory,
      pgliteOptions: { extensions: { btree_gin, citext, pg_trgm, unaccent, uuid_ossp } },
    });
    this.kysely = new Kysely({ dialect: serialized(this.driver, this.#mutex) });
  }

  script(statements: string): Promise<void> {
    return this.#mutex.runExclusive(async () => {
      await this.driver.exec(statements);
    });
  }

  // With parameters the base class goes through `kysely`, which takes the mutex itself.
  override exec<T>(query: string, ...parameters: readonly unknown[]): Promise<T> {
    if (parameters.length > 0) return super.exec<T>(query, ...parameters);
    return this.#mutex.runExclusive(() => super.exec<T>(query));
  }

  override async transaction(statements: string[]): Promise<void> {
    await this.script(statements.join(';\n'));
    await this.clearSchemaCache();
  }
}

class LockedConnection implements DatabaseConnection {
  constructor(
    private readonly pglite: PGlite,
    readonly release: () => void,
  ) {}

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, affectedRows } = await this.pglite
      .query<Row>(sql, [...parameters])
      .catch(withoutParameters);
    return { rows, numAffectedRows: affectedRows === undefined ? undefined : BigInt(affectedRows) };
  }

  // eslint-disable-next-line require-yield
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('PGlite does not stream.');
  }
}

/** The API layer prints errors with their parameters, and a password's hash must not appear at a terminal. */
function withoutParameters(error: unknown): never {
  if (error instanceof Error && 'params' in error) delete error.params;
  throw error;
}

function serialized(pglite: PGlite, mutex: Mutex): Dialect {
  const run = (connection: DatabaseConnection, statement: string) =>
    connection.executeQuery(CompiledQuery.raw(statement)).then(() => undefined);
  return {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createDriver: () => ({
      init: async () => {},
      acquireConnection: async () => new LockedConnection(pglite, await mutex.acquire()),
      releaseConnection: async (connection) => (connection as LockedConnection).release(),
      beginTransaction: (connection) => run(connection, 'begin'),
      commitTransaction: (connection) => run(connection, 'commit'),
      rollbackTransaction: (connection) => run(connection, 'rollback'),
      destroy: async () => {},
    }),
  };
}
