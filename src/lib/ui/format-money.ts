/** An amount in words of its currency: "€1,250", "€1,250.50"; without a currency a plain number, without an amount ''. */
export function formatMoney(amount: number | null | undefined, currency?: string | null): string {
  if (amount === null || amount === undefined) return '';
  return format(amount, currency, { maximumFractionDigits: 2 });
}

/** An amount short enough for a column header: "€12.5K", "€1.2M". */
export function formatMoneyShort(amount: number, currency?: string | null): string {
  return format(amount, currency, { notation: 'compact', maximumFractionDigits: 1 });
}

/**
 * The sum of amounts, one per currency, largest first: "€12.5K + $3K"; '' where nothing has an amount.
 * Amounts of different currencies are never added.
 */
export function formatTotal(rows: Iterable<{ amount: number | null; currency: string | null }>): string {
  const sums = new Map<string, number>();
  for (const { amount, currency } of rows)
    if (amount !== null) sums.set(currency ?? '', (sums.get(currency ?? '') ?? 0) + amount);
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .map(([currency, sum]) => formatMoneyShort(sum, currency))
    .join(' + ');
}

function format(
  amount: number,
  currency: string | null | undefined,
  options: Intl.NumberFormatOptions,
): string {
  const key = `${options.notation ?? ''}:${currency ?? ''}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) formatters.set(key, (formatter = formatterOf(currency, options)));
  // A currency that Intl refuses still has its amount shown.
  return formatter?.format(amount) ?? `${amount.toLocaleString('en')} ${currency ?? ''}`.trim();
}

// Making one takes as long as drawing the row it is for.
const formatters = new Map<string, Intl.NumberFormat | null>();

function formatterOf(
  currency: string | null | undefined,
  options: Intl.NumberFormatOptions,
): Intl.NumberFormat | null {
  const style = currency ? ({ style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const) : {};
  try {
    return new Intl.NumberFormat('en', { trailingZeroDisplay: 'stripIfInteger', ...style, ...options });
  } catch {
    return null;
  }
}
