import { currencyNamed } from '$lib/shared/pipeline/currency-words';
import { plainNumber } from './plain-number';

/** The meaning of a comma or a point in `1,500` or `1.500`; undefined if the person has to say. */
type Separator = 'decimals' | 'thousands' | undefined;
export interface Separators {
  comma: Separator;
  point: Separator;
}

/** The result of reading an amount. */
type MoneyReading =
  | { kind: 'read'; amount: number; currency?: string }
  /** `1.500` could be two amounts. */
  | { kind: 'ambiguous' }
  | { kind: 'unreadable'; reason: string };

const most = 999_999_999_999.99;
const usual: Separators = { comma: 'thousands', point: undefined };
const unreadable = (reason: string): MoneyReading => ({ kind: 'unreadable', reason });
const notAnAmount = unreadable('is not an amount the app can read');

const magnitudes: [RegExp, number][] = [
  [/^(k|tsd|tys|tis|тыс|thousand)(?!\p{L})/u, 1e3],
  [/^(mio|mln|mn|mm|m|млн|million(s|en|es)?|millón|millones|milhão|milhões|milione|milioni)(?!\p{L})/u, 1e6],
  [/^(mrd|mld|bn|b|млрд|billions?)(?!\p{L})/u, 1e9],
  [/^(lakhs?|lacs?)(?!\p{L})/u, 1e5],
  [/^(crores?|cr)(?!\p{L})/u, 1e7],
  [/^[万萬만]/u, 1e4],
  [/^[億亿억]/u, 1e8],
  // "k€", "TEUR", "MSEK".
  [/^[kt](?=€|(eur|chf|sek|nok|dkk|kr)(?!\p{L})|usd(?!\p{L})|[$£])/u, 1e3],
  [/^m(?=[€$£]|(eur|chf|sek|nok|dkk|kr|usd|gbp)(?!\p{L}))/u, 1e6],
];
const rupees = new Set(['INR', 'PKR', 'NPR', 'LKR', 'BDT']);
const noDecimals = new Set([
  'JPY',
  'KRW',
  'CLP',
  'VND',
  'ISK',
  'PYG',
  'UGX',
  'XAF',
  'XOF',
  'XPF',
  'RWF',
  'HUF',
  'IDR',
]);
const threeDecimals = new Set(['KWD', 'BHD', 'OMR', 'JOD', 'TND', 'IQD', 'LYD']);

/** The number of a cell with the text around it; undefined if there is none. */
function partsOf(text: string): { before: string; digits: string; after: string } | undefined {
  const found = /^(\D*?)([.,]?\d(?:[\d.,'\s_]*\d)?(?:e[+-]?\d+)?)(\D*)$/i.exec(plainNumber(text));
  return found ? { before: found[1] ?? '', digits: found[2] ?? '', after: found[3] ?? '' } : undefined;
}

/**
 * Reads an amount with the currency that is beside it: `1.234,56 €`, `£1,234.56`, `CHF 1'234.50`, `US$ 2.5k`.
 * @param currency the currency of another column, which says which dollar a `$` means
 * @param separators the meaning of a comma or a point if it could separate thousands or decimals
 */
export function readMoney(text: string, currency?: string, separators: Separators = usual): MoneyReading {
  const parts = partsOf(text);
  if (!parts) return notAnAmount;
  const around = aroundOf(parts.before, parts.after);
  const own = around.words ? currencyNamed(around.words, currency) : currency;
  if (around.words && own === undefined) return notAnAmount;
  if (own === null) return unreadable('does not say which currency it is in');
  if (own && currency && own !== currency)
    return unreadable('is in a different currency than the rest of the row');
  const code = own;
  // In books, "CR" is a credit.
  if (around.magnitude === 'cr' && !rupees.has(code ?? '')) return notAnAmount;
  // A currency without decimals can only have thousands.
  const isWhole = /^[.,]-/.test(parts.after);
  const meant: Separators = isWhole ? { comma: 'thousands', point: 'thousands' } : separators;
  const number = numberOf(parts.digits, meant, code);
  if (number === 'ambiguous') return { kind: 'ambiguous' };
  if (number === undefined) return notAnAmount;
  const amount = Number((number * around.factor).toPrecision(15));
  if (around.negative && amount > 0) return unreadable('is negative, but an amount cannot be negative');
  if (amount > most) return unreadable('is too large');
  if (Math.abs(amount * 100 - Math.round(amount * 100)) > 1e-4)
    return unreadable('has more than two decimals');
  return { kind: 'read', amount, ...(code ? { currency: code } : {}) };
}

interface Around {
  negative: boolean;
  /** The word for thousands or millions, and its factor. */
  magnitude: string;
  factor: number;
  /** The words that name a currency. */
  words: string;
}

/** The text around a number: its sign, its magnitude and the words that name a currency. */
function aroundOf(before: string, after: string): Around {
  // ",-", ".--", "/-" and ":-" say that there are no decimals.
  const rest = after.replace(/^\s*[.,:/]\s*[-=]+/, '');
  const negative = before.includes('-') || rest.includes('-') || (before.includes('(') && rest.includes(')'));
  const bare = (part: string) => part.replace(/[-+()]/g, ' ').trim();
  // Moneda nacional, the pesos of Mexico; "mn" is a million.
  const isNational = /^M\.? ?N\.?$/.test(bare(rest)) && /^\$?$/.test(bare(before));
  const behind = isNational ? { magnitude: '', factor: 1, words: bare(rest) } : magnitudeIn(bare(rest));
  const ahead = behind.magnitude ? undefined : magnitudeIn(bare(before), true);
  const { magnitude, factor } = ahead?.magnitude ? ahead : behind;
  const words = [ahead?.words ?? bare(before), behind.words].filter((word) => /[^.,\s]/.test(word));
  return { negative, magnitude, factor, words: words.join(' ') };
}

/** The magnitude that a text begins with, and the words behind it. @param isAhead whether it is before the number */
function magnitudeIn(text: string, isAhead = false): Omit<Around, 'negative'> {
  const lower = text.toLowerCase();
  const [pattern, factor = 1] = magnitudes.find(([each]) => each.test(lower)) ?? [];
  const magnitude = pattern?.exec(lower)?.[0] ?? '';
  const words = text.slice(magnitude.length).replace(/^\./, '').trim();
  // "M 5" names no currency, and a number says how many of it there are.
  return magnitude && (words || !isAhead) && !(isAhead && currencyNamed(text))
    ? { magnitude, factor, words }
    : { magnitude: '', factor: 1, words: text };
}

/** Reads a number with its separators; `ambiguous` if they can mean two things, undefined if they make no sense. */
function numberOf(digits: string, separators: Separators, currency = ''): number | 'ambiguous' | undefined {
  const [, written = '', exponent = ''] = /^(.*?)(e[+-]?\d+)?$/i.exec(digits) ?? [];
  const isUngrouped = !/['\s_]/.test(written);
  const marks = written.match(/[.,]/g) ?? [];
  const meaning = meaningOf(written, marks, separators, currency, isUngrouped);
  if (meaning === undefined) return 'ambiguous';
  const cut = meaning === 'decimals' ? written.lastIndexOf(marks.at(-1) ?? '') : written.length;
  const [whole, decimals] = [written.slice(0, cut), written.slice(cut + 1)];
  if (!isGrouped(whole) || !/^\d*$/.test(decimals)) return undefined;
  return Number(`${whole.replace(/\D/g, '') || '0'}.${decimals || '0'}${exponent}`);
}

/** Whether the last separator marks the decimals or thousands. */
function meaningOf(
  plain: string,
  marks: string[],
  { comma, point }: Separators,
  currency: string,
  isUngrouped: boolean,
): Separator {
  const [last = ''] = marks.slice(-1);
  if (marks.length === 0) return 'thousands';
  if (new Set(marks).size > 1) return 'decimals';
  if (marks.length > 1) return 'thousands';
  if (!isUngrouped || !/^[1-9]\d{0,2}[.,]\d{3}$/.test(plain)) return 'decimals';
  if (noDecimals.has(currency)) return 'thousands';
  if (threeDecimals.has(currency)) return 'decimals';
  return last === ',' ? comma : point;
}

/** Whether the separators are in the places for thousands, including those of India: `1,23,456`. */
const isGrouped = (whole: string): boolean =>
  /^\d*$/.test(whole) ||
  /^\d{1,3}([.,'\s_])\d{3}(\1\d{3})*$/.test(whole) ||
  /^\d{1,2}(([,\s])\d{2}(\2\d{2})*)?[,\s]\d{3}$/.test(whole);

/** The facts that an amount shows about the separators of its file. */
export function evidenceIn(
  text: string,
): { mark: ',' | '.'; meaning: 'decimals' | 'thousands'; sure: boolean }[] {
  const plain = (partsOf(text)?.digits ?? '').replace(/e[+-]?\d+$/i, '');
  const marks = [...plain].filter((sign) => sign === ',' || sign === '.') as (',' | '.')[];
  const [mark] = marks.slice(-1);
  if (!mark) return [];
  const decimals = plain.length - plain.lastIndexOf(mark) - 1;
  if (new Set(marks).size > 1)
    return [
      { mark, meaning: 'decimals', sure: decimals === 3 },
      { mark: mark === ',' ? '.' : ',', meaning: 'thousands', sure: true },
    ];
  if (marks.length > 1) return [{ mark, meaning: 'thousands', sure: true }];
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(plain)) return [];
  return [{ mark, meaning: 'decimals', sure: decimals === 3 }];
}
