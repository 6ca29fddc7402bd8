import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { databaseProblem } from '../../supabase/terminal/database-problem';
import { fail } from '../../supabase/terminal/explain';
import { PASSWORD as password, startServer } from '../../supabase/postgres/server';

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

const migrations = fileURLToPath(new URL('../../supabase/migrations', import.meta.url));
const platform = (name: string) =>
  readFile(new URL(`../../supabase/deploy/${name}`, import.meta.url), 'utf8');
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
    await run({ ...server, user: 'postgres', password, database: 'postgres' }, []);
    return server;
  } catch (error) {
    throw databaseProblem(WHAT, url, error, 'TEST_POSTGRES_URL');
  }
}

/** Creates the initial state of a hosted project, then applies the migrations as an owner who is not a superuser. */
async function migrateTemplate(server: { host: string; port: number }) {
  const superuser = { ...server, user: 'postgres', password };
  await run({ ...superuser, database: 'postgres' }, [await platform('platform.sql')]);
  await run({ ...superuser, database: 'postgres' }, [`create database ${template} owner crm_owner`]);
  await run({ ...superuser, database: template }, [await platform('platform-database.sql')]);
  const files = (await readdir(migrations)).filter((file) => file.endsWith('.sql')).sort();
  for (const file of files) {
    const sql = await readFile(join(migrations, file), 'utf8');
    try {
      await run({ ...server, user: 'crm_owner', password, database: template }, [`begin;\n${sql}\n;commit`]);
    } catch (error) {
      throw new Error(`Migration ${file} failed: ${String(error)}`, { cause: error });
    }
  }
}

async function run(connection: pg.ClientConfig, statements: string[]) {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
