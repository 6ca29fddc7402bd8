import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../command.ts';
import type { Migration } from '../migrations.ts';
import type { Measure } from './export-table.ts';
import type { Table } from './tables.ts';

export const FORMAT = 'atomic-crm-backup-1';

/** A table in a backup: its definition, its measure, and the gzipped file with its rows in COPY's text format. */
export interface StoredTable extends Table, Measure {
  file: string;
}

/** The contents of a backup. It includes the SQL of the migrations, so restoring needs no checkout. */
export interface Manifest {
  format: typeof FORMAT;
  created_at: string;
  server: string;
  migrations: Migration[];
  tables: StoredTable[];
}

/** @throws Refusal if the folder is not a backup in a format that this version reads */
export async function readManifest(folder: string): Promise<Manifest> {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  } catch (cause) {
    throw new Refusal(`${folder} is not a complete backup: ${String(cause)}`);
  }
  if (manifest.format !== FORMAT)
    throw new Refusal(`${folder} has the format ${String(manifest.format)}, not ${FORMAT}.`);
  return manifest;
}
