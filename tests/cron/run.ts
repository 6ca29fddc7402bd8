/**
 * The checks that need a Postgres with extensions: the nightly cleanup under a real pg_cron, and `supabase db lint`,
 * which reads the functions with plpgsql_check. Starts the Postgres whose programs are in the folder PG_CRON_BIN
 * (Debian: postgresql-15-cron, postgresql-15-plpgsql-check), migrates it like a hosted project, and lets the scheduler
 * itself run the job.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { describe, lintFunctions } from '../../supabase/deploy/lint';
import { readMigrations } from '../../supabase/deploy/migrations';
import { CannotStart } from '../../supabase/terminal/cannot-start';
import { explainUncaught } from '../../supabase/terminal/explain';
import { PASSWORD as password, startServer } from '../../supabase/postgres/server';

const WHAT = 'The Postgres with pg_cron';
const bin = process.env.PG_CRON_BIN;
explainUncaught();
if (!bin)
  throw new CannotStart(
    WHAT,
    'PG_CRON_BIN does not name a folder with its programs',
    'install postgresql-15-cron and set PG_CRON_BIN to /usr/lib/postgresql/15/bin, or to the folder of another version',
  );
const database = 'crm';
/** pg_cron works in minutes, so the job may need up to two of them. */
const patience = 130_000;

const postgres = await startServer({
  what: WHAT,
  bin,
  settings: [
    'shared_preload_libraries=pg_cron',
    `cron.database_name=${database}`,
    'cron.use_background_workers=on',
  ],
});
const { port } = postgres;

try {
  await migrate();
  await lint();
  await check();
  console.log('pg_cron ran the nightly cleanup.');
} finally {
  await postgres.stop();
}

async function migrate(): Promise<void> {
  const text = (name: string) => readFile(new URL(`../../supabase/deploy/${name}`, import.meta.url), 'utf8');
  await run(
    'postgres',
    'postgres',
    await text('platform.sql'),
    `create database ${database} owner crm_owner`,
  );
  // A hosted project lets its owner create the extension; here the superuser does it.
  await run(
    'postgres',
    database,
    await text('platform-database.sql'),
    'create extension pg_cron; grant usage on schema cron to crm_owner',
    'create schema extensions; create extension plpgsql_check with schema extensions',
    // The same as on a hosted project, so that the CLI finds the functions of the extension.
    `alter database ${database} set search_path = "$user", public, extensions`,
    'grant usage on schema extensions to crm_owner',
  );
  for (const { sql } of await readMigrations()) await run('crm_owner', database, `begin;\n${sql}\n;commit`);
}

async function lint(): Promise<void> {
  const { findings, lines } = await lintFunctions(
    `postgresql://crm_owner:${password}@127.0.0.1:${port}/${database}`,
  );
  assert.deepEqual(findings.map(describe), []);
  console.log(lines.join('\n'));
}

async function check(): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'crm_owner', password, database });
  await client.connect();
  try {
    const { rows: jobs } = await client.query('select schedule, username, command from cron.job');
    assert.deepEqual(
      jobs.map(({ schedule, username }) => [schedule, username]),
      [['17 3 * * *', 'crm_owner']],
    );
    const runs = async () =>
      Number((await client.query('select count(*) as n from private.retention_runs')).rows[0].n);
    const before = await runs();
    // Scheduling again under the same name changes the job instead of adding another.
    await client.query(`select cron.schedule('enforce-retention', '* * * * *', $1)`, [jobs[0].command]);
    const end = Date.now() + patience;
    while ((await runs()) === before && Date.now() < end) await pause(1000);
    assert.equal(await runs(), before + 1, 'The scheduler did not run the cleanup.');
    const outcome = async () =>
      (await client.query('select status from cron.job_run_details order by start_time')).rows[0]?.status;
    while ((await outcome()) === 'running' && Date.now() < end) await pause(200);
    assert.equal(await outcome(), 'succeeded');

    await run(
      'postgres',
      database,
      `update cron.job_run_details set end_time = now() - interval '721 hours' where status = 'succeeded'`,
    );
    const { rows } = await client.query('select private.enforce_retention() as removed');
    assert.ok(rows[0].removed['cron.job_run_details'] >= 1, 'The scheduler’s own log still has old runs.');
    const health = await client.query('select api.health() as word');
    assert.equal(health.rows[0].word, 'crm-ok');
  } finally {
    await client.end();
  }
}

async function run(user: string, name: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port, user, password, database: name });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
