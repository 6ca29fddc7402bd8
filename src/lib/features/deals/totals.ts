import type { Deal } from '$lib/entities/deal';
import { exactTotal } from '$lib/ui/format-money';

/**
 * The sum of a list of deals that may be at different stages. Lost deals bring nothing and are left out, unless the
 * list has no others.
 * @returns the sum in words, and how many lost deals it leaves out
 */
export function listTotal(deals: Pick<Deal, 'stage' | 'amount' | 'currency'>[]): {
  total: string;
  leftOut: number;
} {
  const counted = deals.filter(({ stage }) => stage !== 'closed_lost');
  const leftOut = counted.length > 0 ? deals.length - counted.length : 0;
  return { total: exactTotal(counted.length > 0 ? counted : deals), leftOut };
}
