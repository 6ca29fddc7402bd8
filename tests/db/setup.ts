import type { TestProject } from 'vitest/node';
import { applyAll, readMigrations } from '../../supabase/deploy/migrations';
import { clusterScript, databaseScript, OWNER } from '../../supabase/platform/platform';
import { runScripts, withConnection } from '../../supabase/postgres/connect';
import { PASSWORD as password, startServer } from '../../supabase/postgres/server';
import { databaseProblem } from '../../supabase/terminal/database-problem';
import { fail } from '../../supabase/terminal/explain';

/** The address of the tests' Postgres, and the migrated database that every test database is copied from. */
export interface Cluster {
  host: string;
  port: number;
  password: string;
  template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    cluster: Cluster;
  }
}

const template = 'crm_template';
const WHAT = 'The Postgres of the tests';

/**
 * Starts one Postgres for the whole run, migrates a template database, and stops Postgres afterwards.
 * `TEST_POSTGRES_URL` names a superuser of another, empty Postgres to use instead, to run the same tests on another
 * version.
 */
export default (project: TestProject) => setup(project).catch(fail);

async function setup(project: TestProject) {
  const given = process.env.TEST_POSTGRES_URL;
  if (given) {
    const server = await reach(given);
    await migrateTemplate(server);
    project.provide('cluster', { ...server, password, template });
    return;
  }
  const postgres = await startServer({
    what: WHAT,
    settings: ['max_connections=200'],
  });
  const server = { host: '127.0.0.1', port: postgres.port };
  try {
    await migrateTemplate(server);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  project.provide('cluster', { ...server, password, template });
  return () => postgres.stop();
}

/** @throws CannotStart when no Postgres answers there */
async function reach(url: string): Promise<{ host: string; port: number }> {
  try {
    const { hostname, port } = new URL(url);
    const server = { host: hostname, port: Number(port || 5432) };
    await runScripts(urlOf(server, 'postgres', 'postgres'), 'select');
    return server;
  } catch (error) {
    throw databaseProblem(WHAT, url, error, 'TEST_POSTGRES_URL');
  }
}

const urlOf = ({ host, port }: { host: string; port: number }, user: string, database: string) =>
  `postgresql://${user}:${password}@${host}:${port}/${database}`;

/** Creates the initial state of a hosted project, then applies the migrations as an owner who is not a superuser. */
async function migrateTemplate(server: { host: string; port: number }) {
  await runScripts(
    urlOf(server, 'postgres', 'postgres'),
    clusterScript(),
    `create database ${template} owner ${OWNER}`,
  );
  await runScripts(urlOf(server, 'postgres', template), databaseScript());
  const migrations = await readMigrations();
  await withConnection(urlOf(server, OWNER, template), (sql) => applyAll(sql, migrations));
}
