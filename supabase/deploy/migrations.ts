import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sql, TransactionSql } from 'postgres';

/** The folder of the migration files; `MIGRATIONS_DIR` names another. */
export const MIGRATIONS =
  process.env.MIGRATIONS_DIR || fileURLToPath(new URL('../migrations', import.meta.url));

const FILE_NAME = /^(\d+)_(.+)\.sql$/;

/** One migration, in the words of the Supabase CLI: its version is the time in its file's name. */
export interface Migration {
  version: string;
  name: string;
  sql: string;
}

/** `20261122000001_schemas.sql` */
export const fileName = ({ version, name }: Pick<Migration, 'version' | 'name'>) => `${version}_${name}.sql`;

/** The migration files of a folder in the order of their versions. */
export async function readMigrations(directory = MIGRATIONS): Promise<Migration[]> {
  const migrations: Migration[] = [];
  for (const file of (await readdir(directory)).sort()) {
    const [, version, name] = FILE_NAME.exec(file) ?? [];
    if (version && name)
      migrations.push({ version, name, sql: await readFile(join(directory, file), 'utf8') });
  }
  return migrations;
}

/** The migrations a database has, as the Supabase CLI records them; none if it is new. */
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
 * The migrations a database lacks.
 *
 * @throws where the database has one that the folder does not know, or one that is older than the newest it has is
 *   missing: the two histories have parted, and a person has to say which is right
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
  const pending = known.filter(({ version }) => !has.has(version));
  const newest = applied.at(-1)?.version ?? '';
  const late = pending.filter(({ version }) => version < newest);
  if (late.length > 0) {
    throw new Error(
      `These are older than what the database has: ${late.map(fileName).join(', ')}. Give them a newer time with: npm run db:new`,
    );
  }
  return pending;
}

/** Makes the Supabase CLI's own history table, where it is missing. */
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
 * `lockTimeout` is how long it waits for a table that something else holds.
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

/** Runs a migration's statements in a transaction that is open already. */
export async function runScript(transaction: TransactionSql, { sql }: Migration): Promise<void> {
  await transaction.unsafe(sql);
}

/** Applies migrations one after the other. */
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
