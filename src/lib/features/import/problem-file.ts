import { toCsv } from '../export/csv';
import type { RowProblem } from './file-problem';
import type { SourceTable } from './read-csv';

/** The rows that were not imported as CSV, with their reasons, ready to be mended and imported again. */
export function problemCsv(problems: RowProblem[], { headers, rows, unread }: SourceTable): Promise<string> {
  const cells = new Map([...rows, ...unread].map((row) => [row.number, row.cells]));
  return toCsv(problems, [
    { header: 'Row', value: ({ row }) => row },
    { header: 'Reason', value: ({ reason }) => reason },
    ...headers.map((header, index) => ({
      header,
      kind: 'phone' as const,
      value: ({ row }: RowProblem) => cells.get(row)?.[index] ?? '',
    })),
  ]);
}

/** Gives a text to the person as a file. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  // Some browsers read the file only after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
