import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sql, TransactionSql } from 'postgres';

/** The folder of the migration files. `MIGRATIONS_DIR` overrides it. */
export const MIGRATIONS =
  process.env.MIGRATIONS_DIR || fileURLToPath(new URL('../migrations', import.meta.url));

const FILE_NAME = /^(\d+)_(.+)\.sql$/;

/** One migration, as the Supabase CLI describes it: its version is the timestamp in the file name. */
export interface Migration {
  version: string;
  name: string;
  sql: string;
}

/** `20261130000101_schemas.sql` */
export const fileName = ({ version, name }: Pick<Migration, 'version' | 'name'>) => `${version}_${name}.sql`;

/** Reads the migration files of a folder in the order of their versions. */
export async function readMigrations(directory = MIGRATIONS): Promise<Migration[]> {
  const migrations: Migration[] = [];
  for (const file of (await readdir(directory)).sort()) {
    const [, version, name] = FILE_NAME.exec(file) ?? [];
    if (version && name)
      migrations.push({ version, name, sql: await readFile(join(directory, file), 'utf8') });
  }
  return migrations;
}

/** Reads the migrations that a database has, as the Supabase CLI records them; none if the database is new. */
export async function appliedMigrations(sql: Sql | TransactionSql): Promise<Migration[]> {
  const [history] =
    await sql`select to_regclass('supabase_migrations.schema_migrations') is not null as exists`;
  if (!history?.exists) return [];
  const rows = await sql<{ version: string; name: string | null; statements: string[] | null }[]>`
    select version, name, statements from supabase_migrations.schema_migrations order by version`;
  return rows.map(({ version, name, statements }) => ({
    version,
    name: name ?? '',
    sql: (statements ?? []).join(';\n'),
  }));
}

/**
 * The migrations that a database lacks.
 *
 * @throws if the database has a migration that the folder lacks or has with another text, or if a missing one is older
 * than the newest it has: the two histories have diverged, and a person has to decide which is right
 */
export function pendingMigrations(known: Migration[], applied: Migration[]): Migration[] {
  const has = new Set(applied.map(({ version }) => version));
  const knows = new Set(known.map(({ version }) => version));
  const strange = applied.filter(({ version }) => !knows.has(version));
  if (strange.length > 0) {
    throw new Error(
      `The database has migrations that this checkout does not know: ${strange.map(fileName).join(', ')}. ` +
        'Check out the commit that has them.',
    );
  }
  const edited = known.filter((file) =>
    applied.some(
      ({ version, sql }) => version === file.version && sql !== '' && !sameStatements(sql, file.sql),
    ),
  );
  if (edited.length > 0) {
    throw new Error(
      `These were edited after the database had them: ${edited.map(fileName).join(', ')}. ` +
        'Restore them, and write a new migration with: npm run db:new',
    );
  }
  const pending = known.filter(({ version }) => !has.has(version));
  const newest = applied.at(-1)?.version ?? '';
  const late = pending.filter(({ version }) => version < newest);
  if (late.length > 0) {
    throw new Error(
      `These are older than the newest migration in the database: ${late.map(fileName).join(', ')}. Give them a newer timestamp with: npm run db:new`,
    );
  }
  return pending;
}

/**
 * Whether two migrations have the same statements. It ignores comments, spaces and semicolons: the Supabase CLI records
 * the statements of a file one by one.
 */
export const sameStatements = (one: string, other: string): boolean => bare(one) === bare(other);
const bare = (sql: string) => sql.replace(/--[^\n]*|[;\s]+/g, '');

/** Creates the Supabase CLI's own history table if it is missing. */
export async function ensureHistory(sql: Sql): Promise<void> {
  await sql.unsafe(`
    create schema if not exists supabase_migrations;
    create table if not exists supabase_migrations.schema_migrations (version text not null primary key);
    alter table supabase_migrations.schema_migrations add column if not exists statements text[];
    alter table supabase_migrations.schema_migrations add column if not exists name text;
  `);
}

/**
 * Applies one migration together with its entry in the history: both or, if it fails or the process dies, neither.
 * `lockTimeout` limits how long it waits for a locked table.
 */
export async function applyMigration(sql: Sql, migration: Migration, lockTimeout = '30s'): Promise<void> {
  try {
    await sql.begin(async (transaction) => {
      await transaction.unsafe(`set local lock_timeout = '${lockTimeout}'`);
      await runScript(transaction, migration);
      await transaction`
        insert into supabase_migrations.schema_migrations (version, name, statements)
        values (${migration.version}, ${migration.name}, ${[migration.sql]})`;
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${fileName(migration)} failed and was rolled back: ${reason}`, { cause: error });
  }
}

/** Runs a migration's statements in an open transaction. */
export async function runScript(transaction: TransactionSql, { sql }: Migration): Promise<void> {
  await transaction.unsafe(sql);
}

/** Applies migrations in order. */
export async function applyAll(
  sql: Sql,
  migrations: Migration[],
  onApplied?: (file: string) => void,
): Promise<void> {
  await ensureHistory(sql);
  for (const migration of migrations) {
    await applyMigration(sql, migration);
    onApplied?.(fileName(migration));
  }
}
