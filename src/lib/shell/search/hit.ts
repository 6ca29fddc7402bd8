import { dateInWords } from '$lib/ui/format-date';

export const groups = ['Contacts', 'Companies', 'Deals', 'Tasks'] as const;
export type SearchGroup = (typeof groups)[number];

/** A record as the search shows it. */
export interface SearchHit {
  id: string;
  group: SearchGroup;
  label: string;
  /** Tells hits of one name apart. */
  hint: string;
  href: string;
}

/** The hint of a hit as a person reads it: a task's due date in words, which would be wrong tomorrow if it were kept so. */
export const hintInWords = ({ group, hint }: Pick<SearchHit, 'group' | 'hint'>, now: Date): string =>
  group === 'Tasks' && /^\d{4}-\d\d-\d\d$/.test(hint) ? dateInWords(hint, now) : hint;
