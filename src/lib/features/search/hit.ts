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
