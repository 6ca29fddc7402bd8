import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { currentStore } from '$lib/store/current';
import { all } from '$lib/store/read';
import { questionsOf, type Said } from './answers';
import { kindOf } from './guess-kind';
import { guessColumns } from './guess';
import { knownRecords } from './known';
import { planImport } from './plan';
import { readCsv } from './read-csv';
import { ImportRun } from './run.svelte';

/** A CSV file from its text. */
export const text = (csv: string): Blob => new Blob([csv]);

/** A file, read like on the import page. @param file the name of a fixture, or the file itself */
export async function opened(file: string | Blob) {
  const source = typeof file === 'string' ? new Blob([readFileSync(`tests/fixtures/${file}.csv`)]) : file;
  const table = await readCsv(source);
  const kind = kindOf(table.headers);
  const columns = guessColumns(table.headers, kind, table.rows);
  return { table, kind, columns, questions: questionsOf(table, columns) };
}

/** Imports a file like the page. It returns the lists that the page shows before the import. */
export async function imported(file: string | Blob, said: Said = {}) {
  const store = currentStore();
  const { table, kind, columns } = await opened(file);
  const options = { kind, duplicates: 'skip', said } as const;
  const batchId = store.newId();
  const { unread, skipped } = await planImport(store, table, columns, await knownRecords(), {
    ...options,
    batchId,
  });
  const run = new ImportRun('file.csv');
  await run.start(table, columns, options);
  expect(run.failure).toBeUndefined();
  return { unread, skipped };
}

const inOrder = <T extends { id: string }>(rows: T[]) => rows.sort((a, b) => (a.id < b.id ? -1 : 1));
/** The deals in the order in which they were made. */
export const deals = async () => inOrder([...(await all('deals'))]);
/** The contacts in the order in which they were made. */
export const contacts = async () => inOrder([...(await all('contacts'))]);
