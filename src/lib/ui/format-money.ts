import { currencies } from './currencies.svelte';

type Amount = { amount: number | null; currency: string | null };

/**
 * An amount with its currency: "€1,250", "€1,250.50"; a plain number without a currency, and empty without an amount.
 * @param others the currencies beside it, if `currencies` does not know all of them
 */
export function formatMoney(
  amount: number | null | undefined,
  currency?: string | null,
  others?: Iterable<string>,
): string {
  if (amount === null || amount === undefined) return '';
  return format(amount, currency, { maximumFractionDigits: 2 }, others);
}

/** An amount short enough for a column header: "€12.5K", "€1.2M". */
export function formatMoneyShort(
  amount: number,
  currency?: string | null,
  others?: Iterable<string>,
): string {
  return format(amount, currency, { notation: 'compact', maximumFractionDigits: 1 }, others);
}

/**
 * The total of amounts, one for each currency, largest first: "€12.5K + $3K"; empty if nothing has an amount. Amounts
 * in different currencies are never added together.
 */
export const formatTotal = (rows: Iterable<Amount>): string => total(rows, formatMoneyShort);

/** The same to the cent: `$12,400 + €900.50`. Cents are added as integers, so the total is exact. */
export const exactTotal = (rows: Iterable<Amount>): string => total(rows, formatMoney);

function total(rows: Iterable<Amount>, inWords: typeof formatMoneyShort): string {
  const cents = new Map<string, number>();
  for (const { amount, currency } of rows)
    if (amount !== null)
      cents.set(currency ?? '', (cents.get(currency ?? '') ?? 0) + Math.round(amount * 100));
  const used = [...cents.keys()].filter(Boolean);
  return [...cents]
    .sort(([, a], [, b]) => b - a)
    .map(([currency, sum]) => inWords(sum / 100, currency, used))
    .join(' + ');
}

/** Whether another currency in use has the same short sign. `$` is then written US$, CA$ or MX$. */
function isAmbiguous(currency: string, others: Iterable<string>): boolean {
  const sign = shortSign(currency);
  for (const other of [...currencies.known, ...others])
    if (other !== currency && shortSign(other) === sign) return true;
  return false;
}

function format(
  amount: number,
  currency: string | null | undefined,
  options: Intl.NumberFormatOptions,
  others: Iterable<string> = [],
): string {
  const display = currency && isAmbiguous(currency, others) ? explicitDisplay(currency) : 'narrowSymbol';
  const formatted = formatterOf(currency, display, options)?.format(amount);
  // If Intl refuses a currency, the amount is still shown.
  if (formatted === undefined) return `${amount.toLocaleString('en')} ${currency ?? ''}`.trim();
  return display === 'symbol' && currency === 'USD' ? formatted.replace('$', 'US$') : formatted;
}

type Display = 'narrowSymbol' | 'symbol' | 'code';

/** CA$ and MX$ have their own signs. If the longer sign equals the short one, the code is clearer. */
function explicitDisplay(currency: string): Display {
  if (currency === 'USD') return 'symbol';
  return signOf(currency, 'symbol') === shortSign(currency) ? 'code' : 'symbol';
}

const shortSign = (currency: string) => signOf(currency, 'narrowSymbol');

// Making a formatter takes as long as drawing its row.
const formatters = new Map<string, Intl.NumberFormat | null>();
const signs = new Map<string, string>();

function signOf(currency: string, display: Display): string {
  const key = `${display}:${currency}`;
  let sign = signs.get(key);
  if (sign === undefined) {
    const parts = formatterOf(currency, display, {})?.formatToParts(0);
    sign = parts?.find(({ type }) => type === 'currency')?.value ?? currency;
    signs.set(key, sign);
  }
  return sign;
}

function formatterOf(
  currency: string | null | undefined,
  display: Display,
  options: Intl.NumberFormatOptions,
): Intl.NumberFormat | null {
  const key = `${options.notation ?? ''}:${display}:${currency ?? ''}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) formatters.set(key, (formatter = makeFormatter(currency, display, options)));
  return formatter;
}

function makeFormatter(
  currency: string | null | undefined,
  currencyDisplay: Display,
  options: Intl.NumberFormatOptions,
): Intl.NumberFormat | null {
  const style = currency ? ({ style: 'currency', currency, currencyDisplay } as const) : {};
  try {
    return new Intl.NumberFormat('en', { trailingZeroDisplay: 'stripIfInteger', ...style, ...options });
  } catch {
    return null;
  }
}
