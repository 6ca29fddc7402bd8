import { stageLabels, stages } from '$lib/entities/deal';
import { nameKey } from '$lib/text/name-key';
import type { DealItem } from './queries';

export type SortKey = (typeof sortKeys)[number];

const sortKeys = ['name', 'company', 'principal', 'stage', 'amount', 'close', 'next', 'owner'] as const;

export interface Sorting {
  by: SortKey;
  down: boolean;
}

type OwnerName = (id: string | null) => string | undefined;

const keys: Record<SortKey, (item: DealItem, ownerName: OwnerName) => string | number | null> = {
  name: ({ deal }) => deal.name,
  company: ({ companyName }) => companyName,
  principal: ({ principalName }) => principalName,
  stage: ({ deal }) => stages.indexOf(deal.stage),
  amount: ({ deal }) => deal.amount,
  close: ({ deal }) => deal.expected_close_on,
  next: ({ deal }) => deal.next_action_on,
  owner: ({ deal }, ownerName) => ownerName(deal.owner_id) ?? null,
};

/**
 * The items in order. Equal items keep their order, and items without a value come last either way. It does not change
 * `items`.
 */
export function sortDeals(
  items: DealItem[],
  { by, down }: Sorting,
  ownerName: OwnerName = () => undefined,
): DealItem[] {
  const keyed = items.map((item) => {
    const key = keys[by](item, ownerName);
    return { item, key, place: typeof key === 'string' ? nameKey(key) : key };
  });
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    // Names that differ only in case or accents must not mix, or a heading would appear twice.
    const order = compared(a.place, b.place) || compared(a.key, b.key);
    return down ? -order : order;
  });
  return keyed.map(({ item }) => item);
}

const compared = <T extends string | number | null>(a: T, b: T): number =>
  a === b || a === null || b === null ? 0 : a < b ? -1 : 1;

/** The sort order that a word in the address names, like `amount` or `amount-down`; by stage for any other word. */
export function readSorting(word: string | undefined): Sorting {
  const [key, end] = (word ?? '').split('-');
  const by = sortKeys.find((each) => each === key);
  return by ? { by, down: end === 'down' } : { by: 'stage', down: false };
}

/** The word for a sorting; undefined for the usual one. */
export const writeSorting = ({ by, down }: Sorting): string | undefined =>
  by === 'stage' && !down ? undefined : `${by}${down ? '-down' : ''}`;

const headings: Partial<Record<SortKey, (item: DealItem, ownerName: OwnerName) => string>> = {
  stage: ({ deal }) => stageLabels[deal.stage],
  company: ({ companyName }) => companyName ?? 'No company',
  principal: ({ principalName }) => principalName ?? 'No principal',
  owner: ({ deal }, ownerName) => ownerName(deal.owner_id) ?? 'No owner',
};

/** Deals that form a group in a list, with their heading. A list without headings is one section. */
export interface Section {
  heading: string | undefined;
  items: DealItem[];
}

/** The sections of deals that are sorted by a key, in their order. */
export function sectionsOf(sorted: DealItem[], by: SortKey, ownerName: OwnerName): Section[] {
  const headingOf = headings[by];
  if (!headingOf) return [{ heading: undefined, items: sorted }];
  const sections: Section[] = [];
  for (const item of sorted) {
    const heading = headingOf(item, ownerName);
    const last = sections.at(-1);
    if (last?.heading === heading) last.items.push(item);
    else sections.push({ heading, items: [item] });
  }
  return sections;
}

/** The first `count` deals of the sections, each section with its heading. */
export function firstOf(sections: Section[], count: number): Section[] {
  const shown: Section[] = [];
  for (const { heading, items } of sections) {
    if (count <= 0) break;
    shown.push({ heading, items: items.slice(0, count) });
    count -= items.length;
  }
  return shown;
}
