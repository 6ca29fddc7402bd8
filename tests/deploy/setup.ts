import type { TestProject } from 'vitest/node';
import { startCluster } from '../../supabase/deploy/cluster';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the Postgres answers that plays the hosted one: a URL with `{user}` and `{database}` in it. */
    liveServer: string;
  }
}

/** Starts the Postgres that the deployments go to, and stops it afterwards. */
export default async function setup(project: TestProject) {
  const cluster = await startCluster();
  project.provide('liveServer', cluster.url('{database}', '{user}'));
  return () => cluster.stop();
}
