import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { TransactionSql } from 'postgres';
import { list, quoted, type Table } from './tables.ts';

/** Makes values read the same whichever server and session writes them. */
export const PLAIN_FORMATS = `
  set local timezone = 'UTC'; set local datestyle = 'ISO, MDY'; set local intervalstyle = 'postgres';
  set local extra_float_digits = 1; set local bytea_output = 'hex'; set local search_path = '';
`;

/** How much a table holds, and a digest of it. */
export interface Measure {
  rows: number;
  sha256: string;
}

/**
 * Writes a table's rows in COPY's text format, in the order of its key, to `write`; returns what was written. Runs as the
 * table's owner, so that row security hides nothing.
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
    // A newline inside a value is written as \\n, so that each line end is a row's.
    for (const byte of chunk) if (byte === 10) rows += 1;
    await write(chunk);
  }
  // The driver pauses its socket while the stream is full and goes on at the next read, which after the last row never
  // comes.
  stream._read(0);
  if (table.owner) await transaction.unsafe('reset role');
  return { rows, sha256: hash.digest('hex') };
}
