import { ensureHistoryTable } from '@supabase/lite';
import { fileName, readMigrations, type Migration } from '../deploy/migrations.ts';
import type { Database } from './database.ts';

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
  const pending = (await readMigrations(directory)).filter(({ version }) => !seen.has(version));
  for (const migration of pending) await apply(database, migration);
  return pending.map(fileName);
}

async function apply(database: Database, file: Migration): Promise<void> {
  const record =
    'insert into supabase_migrations.schema_migrations (version, name, statements) values ' +
    `(${literal(file.version)}, ${literal(file.name)}, array[${literal(file.sql)}]);`;
  try {
    await database.script(`${file.sql}\n;\n${record}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Migration ${fileName(file)} failed: ${reason}`, { cause: error });
  }
}
