import type { Deal } from '$lib/entities/deal';
import { formatMoney } from '$lib/ui/format-money';

/**
 * The exact sums of deals, one per currency, the largest first: `$12,400 + €900.50`; empty where no deal
 * has an amount. Cents are added as integers, so nothing drifts.
 */
export function exactTotal(deals: Iterable<{ amount: number | null; currency: string | null }>): string {
  const cents = new Map<string | null, number>();
  for (const { amount, currency } of deals)
    if (amount !== null) cents.set(currency, (cents.get(currency) ?? 0) + Math.round(amount * 100));
  return [...cents]
    .sort(([, a], [, b]) => b - a)
    .map(([currency, sum]) => formatMoney(sum / 100, currency))
    .join(' + ');
}

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
