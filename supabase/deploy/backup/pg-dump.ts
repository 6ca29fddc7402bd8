import { join } from 'node:path';
import { withConnection } from '../../postgres/connect.ts';
import { isRemote, SUPABASE_CA } from '../../postgres/tls.ts';
import { run } from '../tool.ts';

/**
 * Adds a dump in Postgres' own format to the backup's folder if this machine has a pg_dump that is new enough for the
 * server. Returns a line about it. The dump is an extra: a restore uses the backup itself and needs no pg_dump.
 */
export async function addPgDump(url: string, folder: string): Promise<string> {
  const program = process.env.PG_DUMP || 'pg_dump';
  const version = await run(program, ['--version']);
  if (version.code !== 0) return 'pg_dump: skipped, not installed on this machine';
  const has = Number(/(\d+)/.exec(version.stdout)?.[1]);
  const needs = await serverMajor(url);
  if (has < needs) return `pg_dump: skipped, version ${has} is older than the server's ${needs}`;
  const { dbname, env } = connection(url);
  const file = join(folder, 'pg_dump.custom');
  const schemas = ['public', 'api', 'private', 'supabase_migrations'].map((name) => `--schema=${name}`);
  const dump = await run(
    program,
    ['--format=custom', '--enable-row-security', ...schemas, `--file=${file}`, dbname],
    env,
  );
  if (dump.code !== 0) return `pg_dump: skipped, it failed: ${dump.stderr.trim()}`;
  return `pg_dump: ${file}`;
}

const serverMajor = (url: string): Promise<number> =>
  withConnection(url, async (sql) => {
    const [row] = await sql`select current_setting('server_version_num')::int / 10000 as major`;
    return row?.major as number;
  });

/**
 * Splits the password off the URL and passes it in the environment, because every user of the machine can see
 * arguments.
 */
function connection(url: string): { dbname: string; env: NodeJS.ProcessEnv } {
  const parsed = new URL(url);
  const env: NodeJS.ProcessEnv = { PGPASSWORD: decodeURIComponent(parsed.password) };
  parsed.password = '';
  if (isRemote(url)) {
    parsed.searchParams.set('sslmode', 'verify-full');
    env.PGSSLROOTCERT = process.env.PGSSLROOTCERT || SUPABASE_CA;
  }
  return { dbname: parsed.toString(), env };
}
