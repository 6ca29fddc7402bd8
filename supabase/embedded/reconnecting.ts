import {
  CompiledQuery,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
} from 'kysely';
import type { ParameterOrJSON, Sql } from 'postgres';

/** As many connections as PostgREST opens by default. */
const MOST = 10;

/** Errors of the driver, of Node and of Postgres that mean: this connection is gone. */
const LOST = [
  ...['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', '57P01', '57P02', '57P03'],
];

/** Whether a statement failed because the database ended the connection or cannot be reached. */
export const isLostConnection = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && LOST.includes(String(error.code));

class ConnectionLost extends Error {
  readonly code = 'CONNECTION_CLOSED';
}

/**
 * One connection for one caller at a time. If Postgres ends it, every further statement of the caller fails: a statement
 * on a new connection would run outside the transaction, and with the rights of the owner.
 */
class Connection implements DatabaseConnection {
  readonly #sql: Sql;
  #isLost = false;

  constructor(open: (onclose: () => void) => Sql) {
    this.#sql = open(() => (this.#isLost = true));
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#isLost) throw new ConnectionLost('The database ended the connection.');
    try {
      const rows = await this.#sql.unsafe<Row[] & object[]>(sql, parameters as ParameterOrJSON<never>[]);
      return { rows: [...rows] as Row[], numAffectedRows: BigInt(rows.count ?? 0) };
    } catch (error) {
      this.#isLost ||= isLostConnection(error);
      throw error;
    }
  }

  // eslint-disable-next-line require-yield
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('The embedded backend does not stream.');
  }

  end = (): Promise<void> => this.#sql.end({ timeout: 1 });
}

/** The open connections. Whoever comes when all are taken waits for the next one that is given back. */
class Pool {
  readonly #idle: Connection[] = [];
  readonly #waiting: ((connection: Connection) => void)[] = [];
  #count = 0;

  constructor(private readonly open: (onclose: () => void) => Sql) {}

  async take(): Promise<Connection> {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      if (!idle.isLost) return idle;
      this.#drop(idle);
    }
    if (this.#count >= MOST) return new Promise((resolve) => this.#waiting.push(resolve));
    return this.#create();
  }

  giveBack(connection: Connection): void {
    const next = this.#waiting.shift();
    if (!connection.isLost) return next ? next(connection) : void this.#idle.push(connection);
    this.#drop(connection);
    next?.(this.#create());
  }

  async end(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((connection) => connection.end()));
  }

  #create(): Connection {
    this.#count += 1;
    return new Connection(this.open);
  }

  #drop(connection: Connection): void {
    this.#count -= 1;
    // Its end is not awaited, because nothing depends on it and it has no transaction any more.
    void connection.end();
  }
}

/**
 * A dialect of Postgres that survives the end of its connections: the next caller gets a new one. The driver's own pool
 * writes to a connection that Postgres has ended in the middle of a transaction, and that ends the process.
 *
 * @param open opens one connection and calls back when it ends
 */
export function reconnecting(open: (onclose: () => void) => Sql): Dialect {
  const pool = new Pool(open);
  const run = async (connection: DatabaseConnection, statement: string) => {
    await connection.executeQuery(CompiledQuery.raw(statement));
  };
  return {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createDriver: () => ({
      init: async () => {},
      acquireConnection: () => pool.take(),
      releaseConnection: async (connection) => pool.giveBack(connection as Connection),
      beginTransaction: (connection) => run(connection, 'begin'),
      commitTransaction: (connection) => run(connection, 'commit'),
      rollbackTransaction: async (connection) => {
        // The end of its connection has rolled the transaction back already.
        if (!(connection as Connection).isLost) await run(connection, 'rollback');
      },
      destroy: () => pool.end(),
    }),
  };
}
