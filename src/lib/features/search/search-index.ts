import { contactName } from '$lib/entities/contact';
import { stageLabels } from '$lib/entities/deal';
import { all } from '$lib/store/read';
import { fold } from '$lib/ui/fold';
import { haystack, type Haystack } from '../lists/filter';
import { TextIndex } from './find';

export const groups = ['Contacts', 'Companies', 'Deals', 'Tasks'] as const;
type SearchGroup = (typeof groups)[number];

/** A record as the search shows it. */
export interface SearchHit {
  id: string;
  group: SearchGroup;
  label: string;
  /** Tells hits of one name apart. */
  hint: string;
  href: string;
}

interface Entry {
  hit: SearchHit;
  /** The folded label: hits that begin with the text stand first. */
  label: string;
  found: Haystack;
}

/** What is searched: the records of all groups by label. */
export interface SearchIndex {
  entries: Entry[];
  text: TextIndex;
}

export const emptyIndex: SearchIndex = { entries: [], text: new TextIndex([]) };

/** Everything on this device that can be found by words or phone digits. */
export async function searchIndex(): Promise<SearchIndex> {
  const [contacts, companies, deals, tasks] = await Promise.all([
    all('contacts'),
    all('companies'),
    all('deals'),
    all('tasks'),
  ]);
  const companyNames = new Map(companies.map((company) => [company.id, company.name]));
  const companyOf = (id: string | null) => (id && companyNames.get(id)) || '';
  const entries = [
    ...contacts.map((row) => {
      const hint = [row.title, companyOf(row.company_id)].filter(Boolean).join(', ');
      const texts = [contactName(row), hint, ...row.emails.map(({ value }) => value), ...row.tags];
      const phones = row.phones.map(({ value }) => value);
      return entry(
        'Contacts',
        row.id,
        contactName(row),
        hint,
        `/contacts/${row.id}`,
        haystack(texts, phones),
      );
    }),
    ...companies.map((row) => {
      const hint = [row.segment, row.city].filter(Boolean).join(', ');
      const texts = [row.name, hint, row.website, ...row.tags];
      return entry('Companies', row.id, row.name, hint, `/companies/${row.id}`, haystack(texts, [row.phone]));
    }),
    ...deals.map((row) => {
      const hint = [stageLabels[row.stage], companyOf(row.company_id)].filter(Boolean).join(', ');
      return entry(
        'Deals',
        row.id,
        row.name,
        hint,
        `/deals/${row.id}`,
        haystack([row.name, hint, ...row.tags]),
      );
    }),
    ...tasks.map((row) => {
      const hint = row.done_at ? 'Done' : (row.due_on ?? '');
      const href = taskHref(row);
      return entry('Tasks', row.id, row.title, hint, href, haystack([row.title, row.description]));
    }),
  ].sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
  return { entries, text: new TextIndex(entries.map(({ found }) => found)) };
}

/** The hits of a text, at most `most` of each group, in the order of the groups. */
export function searchHits({ entries, text }: SearchIndex, typed: string, most = 6): SearchHit[] {
  if (!typed.trim()) return [];
  const folded = fold(typed.trim());
  // Found in the order of their labels: the first of each rank are the ones to show.
  const ranks = new Map(groups.map((group) => [group, [[], [], []] as SearchHit[][]]));
  for (const row of text.find(typed)) {
    const { hit, label } = entries[row] ?? {};
    if (!hit || label === undefined) continue;
    const rank = ranks.get(hit.group)?.[label.startsWith(folded) ? 0 : label.includes(folded) ? 1 : 2];
    if (rank && rank.length < most) rank.push(hit);
  }
  return groups.flatMap((group) => (ranks.get(group) ?? []).flat().slice(0, most));
}

function entry(
  group: SearchGroup,
  id: string,
  label: string,
  hint: string,
  href: string,
  found: Haystack,
): Entry {
  return { hit: { id, group, label, hint, href }, label: fold(label), found };
}

/** A task has no page of its own: it leads to the record it is about. */
function taskHref(row: {
  contact_id: string | null;
  company_id: string | null;
  deal_id: string | null;
}): string {
  if (row.contact_id) return `/contacts/${row.contact_id}`;
  if (row.company_id) return `/companies/${row.company_id}`;
  return row.deal_id ? `/deals/${row.deal_id}` : '/tasks';
}
