import type { TestProject } from 'vitest/node';
import { startCluster } from '../../supabase/deploy/cluster';
import { readMigrations } from '../../supabase/deploy/migrations';
import { buildShadow } from '../../supabase/deploy/shadow';

/** A database with version A and nobody in it, to make copies of. */
export const TEMPLATE = 'version_a';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the Postgres answers that plays the hosted one: a URL with `{user}` and `{database}` in it. */
    liveServer: string;
  }
}

/** Starts the Postgres that the deployments go to, and stops it afterwards. */
export default async function setup(project: TestProject) {
  const cluster = await startCluster();
  await buildShadow(cluster, TEMPLATE, await readMigrations());
  project.provide('liveServer', cluster.url('{database}', '{user}'));
  return () => cluster.stop();
}
