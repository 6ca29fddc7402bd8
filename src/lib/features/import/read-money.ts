import { currencyNamed } from '../deals/currency-words';

/** What a comma or a point in `1,500` or `1.500` does; undefined if the person has to say. */
type Separator = 'decimals' | 'thousands' | undefined;
export interface Separators {
  comma: Separator;
  point: Separator;
}

/** An amount as a file has it, read. */
type MoneyReading =
  | { kind: 'read'; amount: number; currency?: string }
  /** `1.500` could be two amounts. */
  | { kind: 'ambiguous' }
  | { kind: 'unreadable'; reason: string };

const most = 999_999_999_999.99;
const usual: Separators = { comma: 'thousands', point: undefined };
const unreadable = (reason: string): MoneyReading => ({ kind: 'unreadable', reason });
const notAnAmount = unreadable('is not an amount that can be read');

const magnitudes: [RegExp, number][] = [
  [/^(k|tsd|thousand)(?![a-z])/, 1e3],
  [/^(mio|mln|mn|m|million(s|en|es)?)(?![a-z])/, 1e6],
  [/^(mrd|bn|b|billions?)(?![a-z])/, 1e9],
  [/^(lakhs?|lacs?)(?![a-z])/, 1e5],
  [/^(crores?|cr)(?![a-z])/, 1e7],
];
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

/** The number of a cell with what stands around it; undefined if there is none. */
function partsOf(text: string): { before: string; digits: string; after: string } | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, (digit) => String(digitOf(digit)))
    .trim();
  const found = /^(\D*?)([.,]?\d(?:[\d.,'’\s_]*\d)?(?:e[+-]?\d+)?)(\D*)$/i.exec(plain);
  return found ? { before: found[1] ?? '', digits: found[2] ?? '', after: found[3] ?? '' } : undefined;
}

/** The value of a digit of any script: the digits of each are ten in a row. */
function digitOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (zero > code - 10 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code < 0x80 ? Number(digit) : (code - zero) % 10;
}

/**
 * Reads an amount with the currency that is beside it: `1.234,56 €`, `£1,234.56`, `CHF 1'234.50`, `US$ 2.5k`.
 * @param currency that of another column, which says which dollar a `$` is
 * @param separators what a comma or a point means if it could separate thousands or decimals
 */
export function readMoney(text: string, currency?: string, separators: Separators = usual): MoneyReading {
  const parts = partsOf(text);
  if (!parts) return notAnAmount;
  const around = aroundOf(parts.before, parts.after);
  const own = around.words.map((word) => currencyNamed(word, currency));
  if (own.includes(undefined)) return notAnAmount;
  if (own.includes(null) && !currency) return unreadable('does not say which currency it is in');
  const all = new Set([...own.filter((code) => typeof code === 'string'), ...(currency ? [currency] : [])]);
  if (all.size > 1) return unreadable('is in another currency than the row says');
  const [code] = all;
  // What has no decimals has only thousands.
  const isWhole = /^[.,][-–—]/.test(parts.after);
  const meant: Separators = isWhole ? { comma: 'thousands', point: 'thousands' } : separators;
  const number = numberOf(parts.digits, meant, code);
  if (number === 'ambiguous') return { kind: 'ambiguous' };
  if (number === undefined) return notAnAmount;
  const amount = Number((number * around.factor).toPrecision(15));
  if (around.negative && amount > 0) return unreadable('is below zero, and a deal has no negative amount');
  if (amount > most) return unreadable('is too large an amount');
  if (Math.abs(amount * 100 - Math.round(amount * 100)) > 1e-4)
    return unreadable('has more than two decimals');
  return { kind: 'read', amount, ...(code ? { currency: code } : {}) };
}

/** What stands around a number: its sign, its magnitude and the words that name a currency. */
function aroundOf(before: string, after: string): { negative: boolean; factor: number; words: string[] } {
  // ",-" and ".--" say that there are no decimals.
  let rest = after.replace(/^[.,][-–—]+/, '');
  const negative = /[-−–]/.test(before + rest) || (before.includes('(') && rest.includes(')'));
  const bare = (part: string) => part.replace(/[-−–+()]/g, ' ').trim();
  rest = bare(rest);
  const [magnitude, factor] = magnitudes.find(([pattern]) => pattern.test(rest.toLowerCase())) ?? [];
  if (magnitude) rest = rest.slice(magnitude.exec(rest.toLowerCase())?.[0].length).replace(/^\./, '').trim();
  return {
    negative,
    factor: factor ?? 1,
    words: [bare(before), rest].filter((word) => /[^.,\s]/.test(word)),
  };
}

/** A number with its separators, `ambiguous` if they could mean two, undefined if they make no sense. */
function numberOf(digits: string, separators: Separators, currency = ''): number | 'ambiguous' | undefined {
  const [, plain = '', exponent = ''] = /^(.*?)(e[+-]?\d+)?$/i.exec(digits.replace(/['’\s_]/g, '')) ?? [];
  const marks = plain.match(/[.,]/g) ?? [];
  const isUngrouped = plain === digits.replace(exponent, '');
  const meaning = meaningOf(plain, marks, separators, currency, isUngrouped);
  if (meaning === undefined) return 'ambiguous';
  const cut = meaning === 'decimals' ? plain.lastIndexOf(marks.at(-1) ?? '') : plain.length;
  const [whole, decimals] = [plain.slice(0, cut), plain.slice(cut + 1)];
  if (!isGrouped(whole)) return undefined;
  return Number(`${whole.replace(/[.,]/g, '') || '0'}.${decimals || '0'}${exponent}`);
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

/** Whether separators stand where thousands are, also as in India: `1,23,456`. */
const isGrouped = (whole: string): boolean =>
  /^\d*$/.test(whole) ||
  /^\d{1,3}([.,])\d{3}(\1\d{3})*$/.test(whole) ||
  /^\d{1,2}(,\d{2})*,\d{3}$/.test(whole);

/** What an amount shows about the separators of its file. */
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
