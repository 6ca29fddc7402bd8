import { toCsv } from '$lib/shared/export/csv';
import type { RowProblem } from './file-problem';
import type { SourceTable } from './source-table';

/** The rows that were not imported as CSV, with the reasons, so that people can fix and import them. */
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
