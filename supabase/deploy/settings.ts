import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Refusal } from './command.ts';

const POOLER_URL = fileURLToPath(new URL('../.temp/pooler-url', import.meta.url));

/** The folder for backups: `BACKUP_DIR`, or one next to the migrations that git ignores. */
export const backupDirectory = (env: NodeJS.ProcessEnv) =>
  env.BACKUP_DIR || fileURLToPath(new URL('../.backups', import.meta.url));

/**
 * The database to work on: `DATABASE_URL`, or else the project that `npx supabase link` named, with its password in
 * `SUPABASE_DB_PASSWORD`.
 *
 * @throws Refusal if neither is set
 */
export function databaseUrl(env: NodeJS.ProcessEnv): string {
  if (env.DATABASE_URL) return env.DATABASE_URL;
  if (existsSync(POOLER_URL) && env.SUPABASE_DB_PASSWORD) {
    const url = new URL(readFileSync(POOLER_URL, 'utf8').trim());
    url.password = encodeURIComponent(env.SUPABASE_DB_PASSWORD);
    // The session pooler: the transaction pooler shares connections between clients.
    url.port = '5432';
    return url.toString();
  }
  throw new Refusal(
    'No database is set. Set DATABASE_URL to a direct connection as its owner, or run  npx supabase link  and set SUPABASE_DB_PASSWORD.',
  );
}
