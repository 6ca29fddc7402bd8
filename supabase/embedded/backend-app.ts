import { getRequestListener } from '@hono/node-server';
import type { App } from '@supabase/lite';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { MIGRATIONS } from '../deploy/migrations.ts';
import { createApi, prepare } from './boot.ts';
import { DataDirectory } from './data-directory.ts';
import type { Database } from './database.ts';
import { ACCOUNTS_PATH, isMounted, throughEdge } from './edge.ts';
import { requireOwnHistory } from './migrate.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';
import { nightly, type Schedule } from './retention.ts';
import type { Account } from './seed/accounts.ts';
import { accountsIn, plant, type Seed } from './seed/plant.ts';

const HOUR = 3600;

export interface BackendOptions {
  /** Contains the database, the signing secret and the lock; created if it is missing. */
  dataDir: string;
  /** A Postgres server to use instead of PGlite, with a role that owns the database. */
  databaseUrl?: string;
  /** The data for a new database; an existing database keeps its data. */
  seed?: Seed;
  /** Seconds until an access token expires. */
  tokenLifetime?: number;
  /** The address of the app, if known; links printed at the terminal begin with it. */
  site?: () => string;
  /** Receives messages for the person at the terminal, one line at a time. */
  log?: (line: string) => void;
  /** The folder with the migrations. */
  migrations?: string;
  /** When to enforce retention after the start. */
  schedule?: Schedule;
}

export interface Backend {
  /** Answers a request to `/auth/v1` or `/rest/v1`; 404 for other paths, 503 after closing. */
  fetch(request: Request, peer: { peerAddress: string | null }): Promise<Response>;
  /** The same for Node's `http`, with the peer's address from the socket. */
  listener(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The demo accounts that exist in this database. */
  accounts: readonly Account[];
  /** A connection as the owner of the tables. */
  database: Database;
  /** Waits for current requests, closes the database and releases the data directory. */
  close(): Promise<void>;
}

/**
 * Starts the embedded Supabase.
 *
 * @throws LockedError when another process uses the data directory; CannotStart when the database was made with other
 * migrations; any error of a migration
 */
export async function createBackend(options: BackendOptions): Promise<Backend> {
  const directory = new DataDirectory(resolve(options.dataDir));
  const unlock = options.databaseUrl ? () => {} : directory.lock();
  try {
    const { app, database } = await open(directory, options);
    return await serve(app, database, options, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** How a person gets on if a database cannot be migrated: no data is deleted for them. */
const NAMED_DATABASE = {
  where: 'the database that DATABASE_URL names',
  remedy: 'set DATABASE_URL to an empty database, or check out the version that made this one',
};
const dataDirectory = (path: string) => ({
  where: `the database in the data directory ${path}`,
  remedy: 'move that folder away to start with a new database, or check out the version that made it',
});

async function open(
  directory: DataDirectory,
  options: BackendOptions,
): Promise<{ app: App; database: Database }> {
  const { databaseUrl, seed = 'demo', migrations = MIGRATIONS, log = () => {}, site = () => '' } = options;
  const api = {
    signingSecret: directory.signingSecret,
    tokenLifetime: options.tokenLifetime ?? HOUR,
    mail: { log, site },
  };

  const place = databaseUrl ? NAMED_DATABASE : dataDirectory(directory.path);

  const fill = async (database: Database) => {
    const app = createApi(database, api);
    try {
      await requireOwnHistory(database, migrations, place);
      await prepare(database, app, migrations);
      await plant(database, seed);
      return app;
    } catch (error) {
      await database.close();
      throw error;
    }
  };

  if (!databaseUrl && !directory.hasDatabase) {
    await directory.initialize(async (aside) => {
      const database = await openPglite(aside);
      await fill(database);
      await database.close();
    });
  }
  const database = databaseUrl ? await openPostgres(databaseUrl) : await openPglite(directory.database);
  return { database, app: await fill(database) };
}

async function serve(
  app: App,
  database: Database,
  options: BackendOptions,
  unlock: () => void,
): Promise<Backend> {
  const { schedule = nightly, log = () => {} } = options;
  // A failed run must not interrupt anyone's work: the health check reports it, and the next run catches up.
  const enforceRetention = () =>
    database.query('select private.enforce_retention()').then(
      () => undefined,
      (error: unknown) => log(`Retention failed: ${String(error)}`),
    );
  await enforceRetention();
  const stopSchedule = schedule(enforceRetention);
  const accounts = await accountsIn(database);

  const underWay = new Set<Promise<Response>>();
  let closing: Promise<void> | null = null;

  const fetch: Backend['fetch'] = async (request, { peerAddress }) => {
    const { pathname } = new URL(request.url);
    if (!isMounted(pathname)) return new Response(null, { status: 404 });
    if (pathname === ACCOUNTS_PATH) return Response.json(accounts.map(({ email }) => email));
    if (closing) return new Response(null, { status: 503 });
    const answer = throughEdge(request, peerAddress).then((passed) =>
      passed instanceof Response ? passed : app.fetch(passed, { peerAddress }),
    );
    underWay.add(answer);
    try {
      return await answer;
    } finally {
      underWay.delete(answer);
    }
  };

  const close = async () => {
    stopSchedule();
    await Promise.allSettled(underWay);
    await database.close();
    unlock();
  };

  return {
    fetch,
    accounts,
    database,
    listener: getRequestListener(
      (request, { incoming }) => fetch(request, { peerAddress: incoming.socket.remoteAddress ?? null }),
      { overrideGlobalObjects: false },
    ),
    close: () => (closing ??= close()),
  };
}
