export interface ParsedAmount {
  amount: number | null;
  /** A sentence for the person if the text is not an amount; `amount` is null then. */
  error?: string;
}

const most = 999_999_999_999.99;

/**
 * Reads an amount as people write it: `1,200.50`, `1.200,50`, `1 200,5`, `$1,200`. One separator alone, followed by
 * three digits, groups thousands. An empty text is not an amount.
 */
export function parseAmount(text: string): ParsedAmount {
  const compact = text.replace(/[\s'’_]|[\p{Sc}]/gu, '').replace(/^[A-Za-z]{3}|[A-Za-z]{3}$/, '');
  if (!compact) return text.trim() ? wrong('Enter the amount in digits, like 1,200.50.') : { amount: null };
  if (compact.startsWith('-')) return wrong('An amount cannot be negative.');
  if (!/^[\d.,]*\d[\d.,]*$/.test(compact)) return wrong('Enter the amount in digits, like 1,200.50.');
  const [whole, decimals] = split(compact);
  if (whole === undefined)
    return wrong("It isn't clear which mark separates the decimals. Write it like 1200.50.");
  if (decimals.length > 2) return wrong('An amount can have at most two decimals.');
  const amount = Number(`${whole || '0'}.${decimals || '0'}`);
  return amount > most ? wrong('This amount is too large.') : { amount };
}

const wrong = (error: string): ParsedAmount => ({ amount: null, error });

/** The whole part and the decimals; the whole part is undefined if the separators make no sense. */
function split(text: string): [whole: string | undefined, decimals: string] {
  const decimal = decimalSign(text);
  const cut = decimal ? text.lastIndexOf(decimal) : text.length;
  const groups = text.slice(0, cut).split(/[.,]/);
  const grouped = groups.slice(1).every((group) => group.length === 3) && (groups[0]?.length ?? 0) <= 3;
  if (groups.length > 1 && !grouped) return [undefined, ''];
  return [groups.join(''), text.slice(cut + 1)];
}

/** The sign before the decimals; undefined if all separators group thousands. */
function decimalSign(text: string): ',' | '.' | undefined {
  const comma = text.lastIndexOf(',');
  const point = text.lastIndexOf('.');
  if (comma >= 0 && point >= 0) return comma > point ? ',' : '.';
  const sign = comma >= 0 ? ',' : point >= 0 ? '.' : undefined;
  if (!sign || text.indexOf(sign) !== text.lastIndexOf(sign)) return undefined;
  return /^[1-9]\d{0,2}[.,]\d{3}$/.test(text) ? undefined : sign;
}

/** The amount as an input shows it. It has no separators for thousands, so it reads back the same. */
export const amountText = (amount: number | null): string =>
  amount === null ? '' : Number.isInteger(amount) ? String(amount) : amount.toFixed(2);
