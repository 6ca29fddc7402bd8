import { createWriteStream } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Sql, TransactionSql } from 'postgres';
import { appliedMigrations } from '../migrations.ts';
import { exportTable, PLAIN_FORMATS } from './export-table.ts';
import { FORMAT, type Manifest, type StoredTable } from './manifest.ts';
import { listTables, type Table } from './tables.ts';

/**
 * Writes a backup of everything this product owns to a new folder and returns the folder's path. The backup has the
 * migrations that create the schema, and the rows of every table and of the accounts, in one snapshot. Readers and
 * writers do not wait. The folder gets its final name only when it is complete.
 */
export async function writeBackup(sql: Sql, directory: string, now = new Date()): Promise<string> {
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 17);
  const folder = join(directory, `backup-${stamp}`);
  const aside = `${folder}.partial`;
  await mkdir(aside, { recursive: true, mode: 0o700 });
  const manifest = await sql.begin('isolation level repeatable read', async (transaction) => {
    await transaction.unsafe(PLAIN_FORMATS);
    const tables: StoredTable[] = [];
    for (const table of await listTables(transaction)) tables.push(await store(transaction, table, aside));
    return {
      format: FORMAT,
      created_at: now.toISOString(),
      server: await serverOf(transaction),
      migrations: await appliedMigrations(transaction),
      tables,
    } satisfies Manifest;
  });
  await writeFile(join(aside, 'manifest.json'), JSON.stringify(manifest, null, 1), { mode: 0o600 });
  await rename(aside, folder);
  return folder;
}

async function store(transaction: TransactionSql, table: Table, folder: string): Promise<StoredTable> {
  const file = `${table.name.replaceAll('"', '')}.copy.gz`;
  const zip = createGzip({ level: 6 });
  const target = zip.pipe(createWriteStream(join(folder, file), { mode: 0o600 }));
  const measure = await exportTable(transaction, table, async (chunk) => {
    if (!zip.write(chunk)) await once(zip, 'drain');
  });
  zip.end();
  await finished(target);
  return { ...table, ...measure, file };
}

async function serverOf(transaction: TransactionSql): Promise<string> {
  const [row] =
    await transaction`select current_setting('server_version') || ' ' || current_database() as server`;
  return row?.server as string;
}
