import { ensureHistoryTable } from '@supabase/lite';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from './database.ts';

const FILE_NAME = /^(\d+)_(.+)\.sql$/;
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** The versions of the migrations that a database has; empty if it is new. */
export async function appliedVersions(database: Database): Promise<Set<string>> {
  await ensureHistoryTable(database.connection);
  const history = await database.query<{ version: string }>(
    'select version from supabase_migrations.schema_migrations',
  );
  return new Set(history.map(({ version }) => version));
}

/**
 * Applies the migration files that the database lacks, in the order of their version. Each runs in one transaction with
 * its entry in the history table of the Supabase CLI.
 *
 * @returns the names of the applied files
 * @throws when a file fails; the files before it stay applied
 */
export async function applyMigrations(database: Database, directory: string): Promise<string[]> {
  const seen = await appliedVersions(database);
  const applied: string[] = [];
  for (const file of (await readdir(directory)).sort()) {
    const [, version, name] = FILE_NAME.exec(file) ?? [];
    if (!version || !name || seen.has(version)) continue;
    await apply(database, { version, name, sql: await readFile(join(directory, file), 'utf8') });
    applied.push(file);
  }
  return applied;
}

async function apply(
  database: Database,
  file: { version: string; name: string; sql: string },
): Promise<void> {
  const record =
    'insert into supabase_migrations.schema_migrations (version, name, statements) values ' +
    `(${literal(file.version)}, ${literal(file.name)}, array[${literal(file.sql)}]);`;
  try {
    await database.script(`${file.sql}\n;\n${record}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Migration ${file.version}_${file.name}.sql failed: ${reason}`, { cause: error });
  }
}
