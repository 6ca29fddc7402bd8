import { join } from 'node:path';
import postgres from 'postgres';
import { run } from '../tool.ts';

/**
 * Where this machine has a pg_dump that is new enough for the server, adds a dump in Postgres' own format to the backup's
 * folder. Returns a line about it. The dump is an extra: what restores is the backup itself, which needs no such program.
 */
export async function dumpBeside(url: string, folder: string): Promise<string> {
  const program = process.env.PG_DUMP || 'pg_dump';
  const version = await run(program, ['--version']);
  if (version.code !== 0) return 'pg_dump: not on this machine, left out';
  const has = Number(/(\d+)/.exec(version.stdout)?.[1]);
  const needs = await serverMajor(url);
  if (has < needs) return `pg_dump: ${has} is too old for the server's ${needs}, left out`;
  const { dbname, env } = connection(url);
  const file = join(folder, 'pg_dump.custom');
  const schemas = ['public', 'api', 'private', 'supabase_migrations'].map((name) => `--schema=${name}`);
  const dump = await run(
    program,
    ['--format=custom', '--enable-row-security', ...schemas, `--file=${file}`, dbname],
    env,
  );
  if (dump.code !== 0) return `pg_dump: failed, left out: ${dump.stderr.trim()}`;
  return `pg_dump: ${file}`;
}

async function serverMajor(url: string): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql`select current_setting('server_version_num')::int / 10000 as major`;
    return row?.major as number;
  } finally {
    await sql.end();
  }
}

/** The URL without its password, which goes through the environment: arguments can be seen by everybody on the machine. */
function connection(url: string): { dbname: string; env: NodeJS.ProcessEnv } {
  const parsed = new URL(url);
  const env = { PGPASSWORD: decodeURIComponent(parsed.password) };
  parsed.password = '';
  return { dbname: parsed.toString(), env };
}
