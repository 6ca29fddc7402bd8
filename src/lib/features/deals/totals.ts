import type { Deal } from '$lib/entities/deal';
import { exactTotal, formatTotal } from '$lib/ui/format-money';

/**
 * The total of a list of deals in any stages. It leaves out lost deals, unless the list has no others.
 * @returns the exact total and a short one in words, and the number of lost deals left out
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
