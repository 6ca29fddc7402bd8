import { expect, test } from 'vitest';
import type { Company } from '$lib/entities/company';
import type { Contact } from '$lib/entities/contact';
import { arrangeCompanies } from '$lib/features/companies/arrange';
import { emptyFilter, type ListFilter } from '$lib/shared/lists/list-filter';
import { arrangeContacts } from './arrange';
import type { ContactItem } from '$lib/shared/pickers/contacts';

const now = new Date('2026-11-30T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();

/**
 * Records with the days before now when they were made and when they arrived. A record of an earlier release has null.
 */
const made: Record<string, [number | null, number]> = {
  'arrived late': [9, 0],
  'made and arrived': [3, 3],
  'of an earlier release': [null, 5],
  old: [20, 20],
};
const rows = Object.entries(made).map(([id, [made_at, created_at]]) => ({
  id,
  made_at: made_at === null ? null : daysAgo(made_at),
  created_at: daysAgo(created_at),
}));

const contacts = (filter: Partial<ListFilter>) =>
  arrangeContacts(
    rows.map((row) => ({ id: row.id, contact: row as unknown as Contact }) as ContactItem),
    { ...emptyFilter, ...filter },
    new Map(),
    now,
  ).map(({ id }) => id);
const companies = (filter: Partial<ListFilter>) =>
  arrangeCompanies(rows as unknown as Company[], { ...emptyFilter, ...filter }, new Map(), now).map(
    ({ id }) => id,
  );

test.each([
  ['contacts', contacts],
  ['companies', companies],
])('%s made offline count from when they were made', (_, arranged) => {
  expect(arranged({ preset: 'new' })).toEqual(['made and arrived', 'of an earlier release']);
  expect(arranged({ sort: 'added' })).toEqual([
    'made and arrived',
    'of an earlier release',
    'arrived late',
    'old',
  ]);
});
