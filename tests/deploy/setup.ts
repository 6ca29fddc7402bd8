import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startCluster } from '../../supabase/deploy/cluster';
import { MIGRATIONS, readMigrations } from '../../supabase/deploy/migrations';
import { buildShadow } from '../../supabase/deploy/shadow';
import { fail } from '../../supabase/terminal/explain';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the Postgres that plays the hosted one: a URL with `{user}` and `{database}` in it. */
    liveServer: string;
    /** The migrations as they were when the tests began. */
    versionA: string;
  }
}

/** A database with version A and no members, for copying. */
export const TEMPLATE = 'version_a';

/** Starts the Postgres that the tests deploy to, and stops it afterwards. */
export default (project: TestProject) => setup(project).catch(fail);

async function setup(project: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'crm-version-a-'));
  await cp(MIGRATIONS, folder, { recursive: true });
  const cluster = await startCluster([], 'The Postgres of the tests');
  await buildShadow(cluster, TEMPLATE, await readMigrations(folder));
  project.provide('liveServer', cluster.url('{database}', '{user}'));
  project.provide('versionA', folder);
  return async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
