import { stages } from '$lib/entities/deal';
import type { DealItem } from './queries';

export type SortKey = 'name' | 'company' | 'principal' | 'stage' | 'amount' | 'close' | 'next';

export interface Sorting {
  by: SortKey;
  down: boolean;
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

const keys: Record<SortKey, (item: DealItem) => string | number | null> = {
  name: ({ deal }) => deal.name,
  company: ({ companyName }) => companyName,
  principal: ({ principalName }) => principalName,
  stage: ({ deal }) => stages.indexOf(deal.stage),
  amount: ({ deal }) => deal.amount,
  close: ({ deal }) => deal.expected_close_on,
  next: ({ deal }) => deal.next_action_on,
};

/** The items in order, equal ones as they were; what has no value comes last either way. Leaves `items` as they are. */
export function sortDeals(items: DealItem[], { by, down }: Sorting): DealItem[] {
  const keyed = items.map((item) => ({ item, key: keys[by](item) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    const order =
      typeof a.key === 'number' && typeof b.key === 'number'
        ? a.key - b.key
        : collator.compare(String(a.key), String(b.key));
    return down ? -order : order;
  });
  return keyed.map(({ item }) => item);
}
