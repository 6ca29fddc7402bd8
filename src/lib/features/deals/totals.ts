import type { Deal } from '$lib/entities/deal';
import { exactTotal, formatTotal } from '$lib/ui/format-money';

/**
 * The sum of a list of deals that may be at different stages. Lost deals bring nothing and are left out, unless the
 * list has no others.
 * @returns the sum to the cent and a short one in words, and how many lost deals they leave out
 */
export function listTotal(deals: Pick<Deal, 'stage' | 'amount' | 'currency'>[]): {
  total: string;
  short: string;
  leftOut: number;
} {
  const counted = deals.filter(({ stage }) => stage !== 'closed_lost');
  const leftOut = counted.length > 0 ? deals.length - counted.length : 0;
  const summed = counted.length > 0 ? counted : deals;
  return { total: exactTotal(summed), short: formatTotal(summed), leftOut };
}
