import type { Column } from '../export/csv';
import { activityColumns, type Reports } from './reports';

interface Line {
  report: string;
  label: string;
  count: number;
  total: string;
}

/** All reports as the lines of one table: what a spreadsheet can sort and sum. */
export function reportLines({ byStage, byMonth, byPrincipal, week }: Reports): Line[] {
  return [
    ...byStage.map((row) => ({ report: 'Pipeline by stage', ...row })),
    ...byMonth.map((row) => ({ report: 'Pipeline by month of expected close', ...row })),
    ...byPrincipal.map((row) => ({ report: 'Deals by principal', ...row })),
    ...week.flatMap(({ name, counts }) =>
      counts.map((count, index) => ({
        report: `This week: ${activityColumns[index] ?? ''}`,
        label: name,
        count,
        total: '',
      })),
    ),
  ];
}

export const reportColumns: Column<Line>[] = [
  { header: 'Report', value: ({ report }) => report },
  { header: 'Of', value: ({ label }) => label },
  { header: 'Count', value: ({ count }) => count },
  { header: 'Sum', value: ({ total }) => total },
];
