import { isOpen, stageLabels, stages, type Deal } from '$lib/entities/deal';
import { noteKinds, type Note } from '$lib/entities/note';
import type { Task } from '$lib/entities/task';
import { all } from '$lib/store/read';
import { currencies } from '$lib/ui/currencies.svelte';
import { formatTotal } from '$lib/ui/format-money';
import { memberChoices, membersById } from '../members/queries';
import { monday } from './week';

/** One line of a report: its bar, and what the bar stands for in words. */
export interface ReportRow {
  /** The stage, the month or the principal: rows may have the same words, but not the same id. */
  id: string;
  label: string;
  count: number;
  /** The sum in words, per currency; '' where no deal has an amount. */
  total: string;
  /** The deals by currency, to add up elsewhere: each counts once, those without an amount under ''. */
  parts: { currency: string; count: number; sum: number | null }[];
}

/** What one member did this week. */
export interface RepRow {
  id: string;
  name: string;
  /** How many of each column of `activityColumns`, in its order. */
  counts: number[];
}

export const activityColumns = ['Notes', 'Calls', 'E-mails', 'Meetings', 'Samples', 'Demos', 'Tasks done'];

export interface Reports {
  byStage: ReportRow[];
  byMonth: ReportRow[];
  byPrincipal: ReportRow[];
  week: RepRow[];
}

export const noReports: Reports = { byStage: [], byMonth: [], byPrincipal: [], week: [] };

/** All reports from the records on this device. Archived deals count nowhere, closed ones not as pipeline. */
export async function reports(now: Date): Promise<Reports> {
  const [deals, notes, tasks, companies, members] = await Promise.all([
    all('deals'),
    all('notes'),
    all('tasks'),
    all('companies'),
    membersById(),
  ]);
  currencies.note(deals);
  const open = deals.filter((deal) => !deal.archived_at && isOpen(deal.stage));
  const names = new Map(memberChoices([...members.values()]).map(({ value, label }) => [value, label]));
  const principals = new Map(companies.map(({ id, name }) => [id, name]));
  return {
    byStage: stages.filter(isOpen).map((stage) =>
      rowOf(
        stage,
        stageLabels[stage],
        open.filter((deal) => deal.stage === stage),
      ),
    ),
    byMonth: byMonth(open),
    byPrincipal: grouped(open, ({ principal_id }) =>
      principal_id !== null && principals.has(principal_id) ? principal_id : '',
    )
      .map(([id, own]) => rowOf(id, principals.get(id) ?? 'No principal', own))
      .sort((a, b) => b.count - a.count || a.label.localeCompare(b.label)),
    week: weekOf(notes, tasks, monday(now)).map(([id, counts]) => ({
      id,
      name: names.get(id) ?? 'Somebody who left',
      counts,
    })),
  };
}

const rowOf = (id: string, label: string, deals: Deal[]): ReportRow => ({
  id,
  label,
  count: deals.length,
  total: formatTotal(deals),
  parts: grouped(deals, ({ amount, currency }) => (amount === null ? '' : (currency ?? ''))).map(
    ([currency, own]) => ({ currency, count: own.length, sum: sumOf(own) }),
  ),
});

/** To the cent: amounts have no more decimals, binary sums do. */
function sumOf(deals: Deal[]): number | null {
  const amounts = deals.flatMap(({ amount }) => amount ?? []);
  const sum = amounts.reduce((total, amount) => total + amount, 0);
  return amounts.length > 0 ? Math.round(sum * 100) / 100 : null;
}

const monthName = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** Open deals by the month of their expected close, the earliest first, those without one last. */
function byMonth(deals: Deal[]): ReportRow[] {
  return grouped(deals, (deal) => deal.expected_close_on?.slice(0, 7) ?? '')
    .sort(([a], [b]) => (a || '9999').localeCompare(b || '9999'))
    .map(([month, own]) =>
      rowOf(month, month ? monthName.format(new Date(`${month}-01T00:00:00Z`)) : 'No date', own),
    );
}

function grouped(deals: Deal[], keyOf: (deal: Deal) => string): [string, Deal[]][] {
  const groups = new Map<string, Deal[]>();
  for (const deal of deals) {
    const key = keyOf(deal);
    groups.set(key, [...(groups.get(key) ?? []), deal]);
  }
  return [...groups];
}

/** The counts of each member who did something in the week that begins with `from`, the busiest first. */
export function weekOf(
  notes: Pick<Note, 'kind' | 'author_id' | 'occurred_at'>[],
  tasks: Pick<Task, 'done_at' | 'assignee_id' | 'updated_by'>[],
  from: Date,
): [string, number[]][] {
  const to = new Date(from);
  // Calendar days: a week in which the clocks change is an hour longer or shorter.
  to.setDate(from.getDate() + 7);
  const counts = new Map<string, number[]>();
  const order = ['note', 'call', 'email', 'meeting', 'sample', 'demo'] satisfies (typeof noteKinds)[number][];
  const count = (who: string | null, at: string | null, column: number) => {
    if (!who || !at || new Date(at) < from || new Date(at) >= to) return;
    const own = counts.get(who) ?? activityColumns.map(() => 0);
    counts.set(who, own.with(column, (own[column] ?? 0) + 1));
  };
  for (const note of notes) count(note.author_id, note.occurred_at, order.indexOf(note.kind));
  for (const task of tasks) count(task.assignee_id ?? task.updated_by, task.done_at, order.length);
  const sum = (own: number[]) => own.reduce((total, each) => total + each, 0);
  return [...counts].sort(([, a], [, b]) => sum(b) - sum(a));
}
