import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { TransactionSql } from 'postgres';
import { list, quoted, type Table } from './tables.ts';

/** Makes values read the same on every server and in every session. */
export const PLAIN_FORMATS = `
  set local timezone = 'UTC'; set local datestyle = 'ISO, MDY'; set local intervalstyle = 'postgres';
  set local extra_float_digits = 1; set local bytea_output = 'hex'; set local search_path = '';
`;

/** The number of rows in a table and a digest of them. */
export interface Measure {
  rows: number;
  sha256: string;
}

/**
 * Writes a table's rows to `write`, in COPY's text format and in the order of the key, and returns what it measured.
 * Runs as the table's owner, so that row security hides nothing.
 */
export async function exportTable(
  transaction: TransactionSql,
  table: Table,
  write: (chunk: Buffer) => Promise<void> | void,
): Promise<Measure> {
  const hash = createHash('sha256');
  let rows = 0;
  if (table.owner) await transaction.unsafe(`set local role ${quoted(table.owner)}`);
  const order = table.key.map((name) => `${quoted(name)}::text collate "C"`).join(', ') || '1';
  const stream: Readable = await transaction
    .unsafe(`copy (select ${list(table.columns)} from ${table.name} order by ${order}) to stdout`)
    .readable();
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk);
    // COPY writes a newline inside a value as \\n, so every line end is the end of a row.
    for (const byte of chunk) if (byte === 10) rows += 1;
    await write(chunk);
  }
  // The driver pauses its socket while the stream is full and resumes it at the next read. After the last row there is
  // no next read, so this makes one.
  stream._read(0);
  if (table.owner) await transaction.unsafe('reset role');
  return { rows, sha256: hash.digest('hex') };
}
