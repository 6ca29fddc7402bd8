import { contactName } from '$lib/entities/contact';
import { stageLabels } from '$lib/entities/deal';
import type { Row } from '$lib/entities/registry';
import { haystack, type Haystack } from '$lib/shared/lists/filter';
import type { SearchHit } from './hit';

/** The stored values for finding and showing a record. Its text begins with its label. */
export interface Entry {
  hit: SearchHit;
  found: Haystack;
}

/** The entities that are searched. */
export const searched = ['companies', 'contacts', 'deals', 'tasks'] as const;
export type Searched = (typeof searched)[number];

type Maker<E extends Searched> = (row: Row<E>, companyName: string) => Entry;

/** The way to find and show a record of each entity, given the name of its company. */
export const entryOf: { [E in Searched]: Maker<E> } = {
  contacts: (row, company) => {
    const hint = [row.title, company].filter(Boolean).join(', ');
    const texts = [contactName(row), hint, ...row.emails.map(({ value }) => value), ...row.tags];
    const phones = row.phones.map(({ value }) => value);
    const hit = { id: row.id, group: 'Contacts', label: contactName(row), hint } as const;
    return { hit: { ...hit, href: `/contacts/${row.id}` }, found: haystack(texts, phones) };
  },
  companies: (row) => {
    const hint = [row.segment, row.city].filter(Boolean).join(', ');
    const hit = { id: row.id, group: 'Companies', label: row.name, hint } as const;
    const found = haystack([row.name, hint, row.website, ...row.tags], [row.phone]);
    return { hit: { ...hit, href: `/companies/${row.id}` }, found };
  },
  deals: (row, company) => {
    const hint = [stageLabels[row.stage], company].filter(Boolean).join(', ');
    const hit = { id: row.id, group: 'Deals', label: row.name, hint } as const;
    return { hit: { ...hit, href: `/deals/${row.id}` }, found: haystack([row.name, hint, ...row.tags]) };
  },
  tasks: (row) => {
    const hint = row.done_at ? 'Done' : (row.due_on ?? '');
    const hit = { id: row.id, group: 'Tasks', label: row.title, hint } as const;
    return { hit: { ...hit, href: taskHref(row) }, found: haystack([row.title, row.description]) };
  },
};

/** A task has no page, so it leads to the record that it is about. */
function taskHref(row: Row<'tasks'>): string {
  if (row.contact_id) return `/contacts/${row.contact_id}`;
  if (row.company_id) return `/companies/${row.company_id}`;
  return row.deal_id ? `/deals/${row.deal_id}` : '/tasks';
}
