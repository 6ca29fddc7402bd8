import { dateInWords } from '$lib/ui/format-date';

export const groups = ['Contacts', 'Companies', 'Deals', 'Tasks'] as const;
export type SearchGroup = (typeof groups)[number];

/** A record with the values that the search shows. */
export interface SearchHit {
  id: string;
  group: SearchGroup;
  label: string;
  /** Distinguishes hits with the same name. */
  hint: string;
  href: string;
}

/** The hint of a hit in words. The due date of a task is made now, because stored words would be wrong tomorrow. */
export const hintInWords = ({ group, hint }: Pick<SearchHit, 'group' | 'hint'>, now: Date): string =>
  group === 'Tasks' && /^\d{4}-\d\d-\d\d$/.test(hint) ? dateInWords(hint, now) : hint;
