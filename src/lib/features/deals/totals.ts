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
