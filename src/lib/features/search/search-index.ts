import { contactName } from '$lib/entities/contact';
import { stageLabels } from '$lib/entities/deal';
import { all } from '$lib/store/read';
import { fold } from '$lib/ui/fold';
import { haystack, matcher, type Haystack } from '../lists/filter';

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

export interface Entry {
  hit: SearchHit;
  /** The folded label: hits that begin with the text stand first. */
  label: string;
  found: Haystack;
}

/** Everything on this device that can be found by words or phone digits. */
export async function searchIndex(): Promise<Entry[]> {
  const [contacts, companies, deals, tasks] = await Promise.all([
    all('contacts'),
    all('companies'),
    all('deals'),
    all('tasks'),
  ]);
  const companyNames = new Map(companies.map((company) => [company.id, company.name]));
  const companyOf = (id: string | null) => (id && companyNames.get(id)) || '';
  return [
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
  ];
}

/** The hits of a text, at most `most` of each group, in the order of the groups. */
export function searchHits(index: Entry[], text: string, most = 6): SearchHit[] {
  if (!text.trim()) return [];
  const matches = matcher(text);
  const typed = fold(text.trim());
  const found = index.filter((entry) => matches(entry.found));
  return groups.flatMap((group) => {
    const ofGroup = found.filter(({ hit }) => hit.group === group);
    const rank = ({ label }: Entry) => (label.startsWith(typed) ? 0 : label.includes(typed) ? 1 : 2);
    return ofGroup
      .sort((a, b) => rank(a) - rank(b) || a.label.localeCompare(b.label))
      .slice(0, most)
      .map(({ hit }) => hit);
  });
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
