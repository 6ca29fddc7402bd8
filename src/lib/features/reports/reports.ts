import { isOpen, stageLabels, stages, type Deal } from '$lib/entities/deal';
import { noteKinds, type Note } from '$lib/entities/note';
import type { Task } from '$lib/entities/task';
import { all } from '$lib/store/read';
import { currencies } from '$lib/ui/currencies.svelte';
import { formatTotal } from '$lib/ui/format-money';
import { memberChoices, membersById } from '$lib/shared/members/queries';
import { monday } from './week';

/** One row of a report: its bar, and the values of the bar in words. */
export interface ReportRow {
  /** The id of the stage, month or principal. Two rows may have the same label, but never the same id. */
  id: string;
  label: string;
  count: number;
  /** The total in words, by currency; empty if no deal has an amount. */
  total: string;
  /**
   * The deals by currency, for adding up elsewhere. Each counts once, and those without an amount are under an empty
   * currency.
   */
  parts: { currency: string; count: number; sum: number | null }[];
}

/** The activity of one member this week. */
export interface RepRow {
  id: string;
  name: string;
  /** The counts for the columns of `activityColumns`, in order. */
  counts: number[];
}

export const activityColumns = ['Notes', 'Calls', 'Emails', 'Meetings', 'Samples', 'Demos', 'Tasks done'];

export interface Reports {
  byStage: ReportRow[];
  byMonth: ReportRow[];
  byPrincipal: ReportRow[];
  week: RepRow[];
}

export const noReports: Reports = { byStage: [], byMonth: [], byPrincipal: [], week: [] };

/**
 * All reports from the records on this device. Archived deals count nowhere, and closed deals are not part of the
 * pipeline.
 */
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
      name: names.get(id) ?? 'Former team member',
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

/** Rounded to the cent, because sums of binary fractions have more decimals. */
function sumOf(deals: Deal[]): number | null {
  const amounts = deals.flatMap(({ amount }) => amount ?? []);
  const sum = amounts.reduce((total, amount) => total + amount, 0);
  return amounts.length > 0 ? Math.round(sum * 100) / 100 : null;
}

const monthName = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** Open deals by the month of their expected close date, earliest first. Deals without one come last. */
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
