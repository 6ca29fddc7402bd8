import { ensureHistoryTable } from '@supabase/lite';
import { fileName, readMigrations, sameStatements, type Migration } from '../deploy/migrations.ts';
import { CannotStart } from '../terminal/cannot-start.ts';
import type { Database } from './database.ts';

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/**
 * Refuses a database whose migrations are not those of this folder: one is missing, or was edited after the database had
 * it. Such a database cannot be migrated. It is left as it is.
 *
 * @param where the database, as a person knows it, such as "the database in the data directory supabase/.embedded"
 * @param remedy an instruction, such as "set DATABASE_URL to an empty database"
 * @throws CannotStart with both
 */
export async function requireOwnHistory(
  database: Database,
  directory: string,
  { where, remedy }: { where: string; remedy: string },
): Promise<void> {
  const [history] = await database.query<{ there: boolean }>(
    `select to_regclass('supabase_migrations.schema_migrations') is not null as there`,
  );
  if (!history?.there) return;
  const applied = await database.query<{ version: string; sql: string }>(
    `select version, coalesce(array_to_string(statements, ';'), '') as sql from supabase_migrations.schema_migrations`,
  );
  const files = new Map((await readMigrations(directory)).map(({ version, sql }) => [version, sql]));
  const isOurs = ({ version, sql }: { version: string; sql: string }) => {
    const file = files.get(version);
    return file !== undefined && (sql === '' || sameStatements(file, sql));
  };
  if (applied.every(isOurs)) return;
  throw new CannotStart(
    'The backend',
    `${where} was made with other migrations than those of this version of the app`,
    remedy,
  );
}

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
