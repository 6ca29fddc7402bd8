import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { TransactionSql } from 'postgres';
import { runScript } from '../migrations.ts';
import type { Manifest, StoredTable } from './manifest.ts';
import { isAccountTable, list, listTables, quoted, type Table } from './tables.ts';

/**
 * Loads a backup into a database that no longer has this product's schemas: first the accounts, before triggers watch
 * them, then the schema from its migrations, then the rows. Every row gets this transaction as its `xid`: an `xid` from
 * another cluster could be in the future here, and then the row would never be delivered.
 */
export async function loadBackup(
  transaction: TransactionSql,
  folder: string,
  manifest: Manifest,
): Promise<void> {
  const accounts = manifest.tables.filter(isAccountTable);
  const platform = await listTables(transaction);
  for (const table of accounts) await fill(transaction, folder, table, platform, 'on conflict do nothing');
  for (const migration of manifest.migrations) await runScript(transaction, migration);
  await recordHistory(transaction, manifest);

  const made = await listTables(transaction);
  const own = manifest.tables.filter((table) => !isAccountTable(table));
  // The backup also has the rows that the migrations insert. The log is skipped: it is empty and refuses deletes.
  for (const { name, owner } of [...made].reverse()) {
    if (!owner && own.some((table) => table.name === name)) await transaction.unsafe(`delete from ${name}`);
  }
  for (const table of own) await fill(transaction, folder, table, made, '');
  await resetSequences(transaction);
}

async function fill(
  transaction: TransactionSql,
  folder: string,
  stored: StoredTable,
  existing: Table[],
  onConflict: string,
): Promise<void> {
  const target = existing.find(({ name }) => name === stored.name);
  if (!target) throw new Error(`There is no table ${stored.name} to restore into.`);
  const columns = stored.columns.filter((name) => target.columns.includes(name));
  if (columns.length < stored.columns.length && !isAccountTable(stored)) {
    throw new Error(`The table ${stored.name} lacks columns that the backup has.`);
  }
  await transaction.unsafe(
    `create temporary table incoming (${stored.columns.map((name) => `${quoted(name)} text`).join(', ')}) on commit drop`,
  );
  const sink = await transaction.unsafe('copy pg_temp.incoming from stdin').writable();
  await pipeline(createReadStream(join(folder, stored.file)), createGunzip(), sink);
  // Another role owns the log. It may insert there, but it also has to read the incoming rows.
  if (target.owner) {
    await transaction.unsafe(`grant select on pg_temp.incoming to ${quoted(target.owner)}`);
    await transaction.unsafe(`set local role ${quoted(target.owner)}`);
    await transaction.unsafe(await insertion(transaction, target, columns, onConflict));
    await transaction.unsafe('reset role');
  } else if (isAccountTable(stored)) {
    await transaction.unsafe(await insertion(transaction, target, columns, onConflict));
  } else {
    await transaction.unsafe(`alter table ${target.name} disable trigger user`);
    await transaction.unsafe(await insertion(transaction, target, columns, onConflict));
    await transaction.unsafe(`alter table ${target.name} enable trigger user`);
  }
  await transaction.unsafe('drop table pg_temp.incoming');
}

/** The statement that inserts the incoming rows and casts each text to the type of its column. */
async function insertion(
  transaction: TransactionSql,
  { name }: Table,
  columns: string[],
  onConflict: string,
) {
  const types = await transaction<{ name: string; type: string }[]>`
    select attname::text as name, format_type(atttypid, atttypmod) as type
    from pg_attribute where attrelid = ${name}::regclass and attname::text = any(${columns})`;
  const typeOf = new Map(types.map((column) => [column.name, column.type]));
  const values = columns.map((column) => `${quoted(column)}::${typeOf.get(column)}`).join(', ');
  return `insert into ${name} (${list(columns)}) overriding system value
    select ${values} from pg_temp.incoming ${onConflict}`;
}

async function recordHistory(transaction: TransactionSql, { migrations }: Manifest): Promise<void> {
  await transaction`delete from supabase_migrations.schema_migrations`;
  for (const { version, name, sql } of migrations) {
    await transaction`insert into supabase_migrations.schema_migrations (version, name, statements)
      values (${version}, ${name}, ${[sql]})`;
  }
}

/** Makes identity columns continue after the restored rows. */
async function resetSequences(transaction: TransactionSql): Promise<void> {
  const columns = await transaction<{ table: string; column: string }[]>`
    select a.attrelid::regclass::text as table, a.attname::text as column
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where a.attidentity <> '' and c.relkind = 'r' and n.nspname in ('public', 'private')`;
  for (const { table, column } of columns) {
    await transaction.unsafe(
      `select setval(pg_get_serial_sequence('${table}', '${column}'), coalesce(max(${quoted(column)}), 0) + 1, false) from ${table}`,
    );
  }
}
