import { clusterScript, databaseScript, OWNER } from '../platform/platform.ts';
import { runScripts } from '../postgres/connect.ts';
import { PASSWORD, startServer } from '../postgres/server.ts';

const roleLike = (name: string) => `
  create role "${name}" login createrole password '${PASSWORD}';
  grant anon, authenticated, service_role to "${name}";
`;

/** A local Postgres for disposable databases: shadow databases, rehearsals and restored backups. */
export interface Cluster {
  /** The folder of its files. Its `postmaster.pid` lets another process stop it. */
  directory: string;
  /**
   * Creates a database in the initial state of a hosted project and returns its URL. The owner is `crm_owner`, or
   * another role with the same rights.
   */
  createDatabase(name: string, owner?: string): Promise<string>;
  /** The URL of one of its databases for a role: `crm_owner`, `authenticator`, or the superuser `postgres`. */
  url(name: string, user?: string): string;
  stop(): Promise<void>;
}

/**
 * Starts the Postgres of the npm package on a free port.
 *
 * @param flags extra settings, each as `name=value`
 * @param what the name to use in the sentence that says why it cannot start
 * @throws CannotStart when it does not start
 */
export async function startCluster(flags: string[] = [], what?: string): Promise<Cluster> {
  const server = await startServer({ ...(what ? { what } : {}), settings: ['max_connections=60', ...flags] });
  const { directory, port } = server;
  const url = (name: string, user = OWNER) => `postgresql://${user}:${PASSWORD}@127.0.0.1:${port}/${name}`;
  try {
    await runScripts(url('postgres', 'postgres'), clusterScript());
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    directory,
    url,
    async createDatabase(name, owner = OWNER) {
      await runScripts(
        url('postgres', 'postgres'),
        ...(owner === OWNER || owner === 'postgres' ? [] : [roleLike(owner)]),
        `create database "${name}" owner "${owner}"`,
        // The schemas that the API of a hosted project exposes. The advisors read this setting.
        `alter database "${name}" set pgrst.db_schemas = 'api'`,
      );
      await runScripts(url(name, 'postgres'), databaseScript(owner));
      return url(name, owner);
    },
    stop: () => server.stop(),
  };
}
