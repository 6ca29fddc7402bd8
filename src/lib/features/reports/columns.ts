import type { Column } from '$lib/shared/export/csv';
import { activityColumns, type ReportRow, type Reports } from './reports';

interface Line {
  report: string;
  label: string;
  count: number;
  currency: string;
  sum: number | null;
}

/** All reports as rows of one table, which a spreadsheet can sort and add up. Each currency has its own row. */
export function reportLines({ byStage, byMonth, byPrincipal, week }: Reports): Line[] {
  return [
    ...linesOf('Pipeline by stage', byStage),
    ...linesOf('Pipeline by expected close month', byMonth),
    ...linesOf('Deals by principal', byPrincipal),
    ...week.flatMap(({ name, counts }) =>
      counts.map((count, index) => ({
        report: `This week: ${activityColumns[index] ?? ''}`,
        label: name,
        count,
        currency: '',
        sum: null,
      })),
    ),
  ];
}

const nothing: ReportRow['parts'] = [{ currency: '', count: 0, sum: null }];

const linesOf = (report: string, rows: ReportRow[]): Line[] =>
  rows.flatMap(({ label, parts }) =>
    (parts.length > 0 ? parts : nothing).map((part) => ({ report, label, ...part })),
  );

export const reportColumns: Column<Line>[] = [
  { header: 'Report', value: ({ report }) => report },
  { header: 'Item', value: ({ label }) => label },
  { header: 'Count', value: ({ count }) => count },
  { header: 'Currency', value: ({ currency }) => currency },
  { header: 'Total', value: ({ sum }) => sum },
];
