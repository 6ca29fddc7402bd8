import { randomBytes } from 'node:crypto';
import { startCluster } from '../../../supabase/deploy/cluster';
import { runScripts } from '../../../supabase/postgres/connect';

export interface Cluster {
  /** Creates an empty database and returns its URL as a superuser. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a separate Postgres with the settings of the tests and the connection limit of a small team's server. */
export async function startPostgres(): Promise<Cluster> {
  const cluster = await startCluster(
    ['max_connections=120', 'shared_buffers=512MB', 'max_wal_size=4GB'],
    'The Postgres of the bench',
  );
  return {
    async createDatabase() {
      const name = `bench_${randomBytes(4).toString('hex')}`;
      await runScripts(cluster.url('postgres', 'postgres'), `create database ${name}`);
      return cluster.url(name, 'postgres');
    },
    stop: () => cluster.stop(),
  };
}
