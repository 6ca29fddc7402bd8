import { addedAt } from '$lib/entities/added-at';
import type { Company } from '$lib/entities/company';
import type { ListFilter } from '$lib/shared/lists/list-filter';
import { sortRows, withinDays } from '$lib/shared/lists/sort-rows';
import type { CompanyCounts } from './queries';

/** The companies of a preset, in the order that was asked for; `counts` by company id. */
export function arrangeCompanies(
  rows: Company[],
  { preset, sort }: ListFilter,
  counts: ReadonlyMap<string, CompanyCounts>,
  now: Date,
): Company[] {
  const test = preset ? tests[preset] : undefined;
  const shown = test ? rows.filter((row) => test(row, counts.get(row.id), now)) : rows;
  const key = sort ? keys[sort] : undefined;
  return key ? sortRows(shown, (row) => key(row, counts.get(row.id))) : shown;
}

const tests: Record<string, (row: Company, counts: CompanyCounts | undefined, now: Date) => boolean> = {
  open: (_row, counts) => (counts?.openDeals ?? 0) > 0,
  new: (company, _counts, now) => withinDays(addedAt(company), 7, now),
  free: ({ owner_id }) => owner_id === null,
};

const keys: Record<string, (row: Company, counts: CompanyCounts | undefined) => string | number | null> = {
  segment: ({ segment }) => segment,
  city: ({ city }) => city,
  priority: ({ priority }) => priority,
  deals: (_row, counts) => counts?.openDeals ?? null,
  people: (_row, counts) => counts?.people ?? null,
  added: (company) => Date.parse(addedAt(company)),
};
