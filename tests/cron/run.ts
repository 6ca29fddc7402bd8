/**
 * The checks that need a Postgres with extensions: the nightly cleanup under a real pg_cron, and `supabase db lint`,
 * which reads the functions with plpgsql_check. Starts the Postgres whose programs are in the folder PG_CRON_BIN
 * (Debian: postgresql-15-cron, postgresql-15-plpgsql-check), migrates it like a hosted project, and lets the scheduler
 * itself run the job.
 */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, lintFunctions } from '../../supabase/deploy/lint';
import { applyAll, readMigrations } from '../../supabase/deploy/migrations';
import { clusterScript, databaseScript, OWNER } from '../../supabase/platform/platform';
import { connect, runScripts, withConnection } from '../../supabase/postgres/connect';
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
const url = (user: string, name: string) =>
  `postgresql://${user}:${password}@127.0.0.1:${postgres.port}/${name}`;

try {
  await migrate();
  await lint();
  await check();
  console.log('pg_cron ran the nightly cleanup.');
} finally {
  await postgres.stop();
}

async function migrate(): Promise<void> {
  await runScripts(
    url('postgres', 'postgres'),
    clusterScript(),
    `create database ${database} owner ${OWNER}`,
    // The same as on a hosted project, so that the CLI finds the functions of the extension.
    `alter database ${database} set search_path = "$user", public, extensions`,
  );
  // A hosted project lets its owner create the extension; here the superuser does it.
  await runScripts(
    url('postgres', database),
    databaseScript(),
    `create extension pg_cron; grant usage on schema cron to ${OWNER}`,
    `create extension plpgsql_check with schema extensions; grant usage on schema extensions to ${OWNER}`,
  );
  const migrations = await readMigrations();
  await withConnection(url(OWNER, database), (sql) => applyAll(sql, migrations));
}

async function lint(): Promise<void> {
  const { findings, lines } = await lintFunctions(url(OWNER, database));
  assert.deepEqual(findings.map(describe), []);
  console.log(lines.join('\n'));
}

async function check(): Promise<void> {
  const sql = connect(url(OWNER, database));
  try {
    const jobs = await sql`select schedule, username, command from cron.job`;
    assert.deepEqual(
      jobs.map(({ schedule, username }) => [schedule, username]),
      [['17 3 * * *', OWNER]],
    );
    const runs = async () => {
      const [row] = await sql`select count(*)::int as n from private.retention_runs`;
      return row?.n as number;
    };
    const before = await runs();
    // Scheduling again under the same name changes the job instead of adding another.
    await sql`select cron.schedule('enforce-retention', '* * * * *', ${jobs[0]?.command})`;
    const end = Date.now() + patience;
    while ((await runs()) === before && Date.now() < end) await pause(1000);
    assert.equal(await runs(), before + 1, 'The scheduler did not run the cleanup.');
    const outcome = async () => {
      const [row] = await sql`select status from cron.job_run_details order by start_time`;
      return row?.status as string | undefined;
    };
    while ((await outcome()) === 'running' && Date.now() < end) await pause(200);
    assert.equal(await outcome(), 'succeeded');

    await runScripts(
      url('postgres', database),
      `update cron.job_run_details set end_time = now() - interval '721 hours' where status = 'succeeded'`,
    );
    const [swept] = await sql`select private.enforce_retention() as removed`;
    assert.ok(swept?.removed['cron.job_run_details'] >= 1, 'The scheduler’s own log still has old runs.');
    const [health] = await sql`select api.health() as word`;
    assert.equal(health?.word, 'crm-ok');
  } finally {
    await sql.end();
  }
}
