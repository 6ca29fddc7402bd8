import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Refusal } from './command.ts';
import { fileName, MIGRATIONS, readMigrations } from './migrations.ts';

/**
 * Creates a migration file that is newer than all others, even if another machine's clock was ahead, and returns its
 * path.
 *
 * @throws Refusal if the Supabase CLI does not accept the name
 */
export async function newMigration(
  name: string,
  sql: string,
  directory = MIGRATIONS,
  now = new Date(),
): Promise<string> {
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
  if (!plain) throw new Refusal('Name the migration in a few words: npm run db:new -- add_nickname');
  const newest = (await readMigrations(directory)).at(-1)?.version ?? '0';
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14);
  const version = stamp > newest ? stamp : String(BigInt(newest) + 1n);
  const path = join(directory, fileName({ version, name: plain }));
  await writeFile(path, sql, { flag: 'wx' });
  return relative(process.cwd(), path);
}
