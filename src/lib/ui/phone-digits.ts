import { fold } from '$lib/text/fold';
import { plainSigns } from '$lib/text/plain-signs';

// Functions for phone numbers that do not need the rules of all countries, which are large: see `phone-number`.

const zeros = ['٠', '۰', '०', '০', '๐', '０'].map((zero) => zero.charCodeAt(0));

/** The text with the digits of every script as 0 to 9. */
const plainDigits = (text: string): string =>
  text.replace(/[^\0-\x7f]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = zeros.find((first) => code >= first && code < first + 10);
    return zero === undefined ? digit : String(code - zero);
  });

const digitsIn = (text: string): string => plainDigits(text).replace(/\D/g, '');

/** The zero in brackets is not dialed behind a country code: +41 (0)44. */
const withoutTrunk = (text: string): string => text.replace(/^(\s*(?:\+|00)[\d\s.-]*)\(0\)/, '$1');

const between =
  /\s*(?:[;|\n\t；、]|[,，]\s|\s(?:&|\+|or|and|oder|und|bzw\.?|ou|et|o|y|e|\/)\s|\s\/|\/\s|\s(?=\+)|\s{2,})\s*/i;
const betweenOrSlash = new RegExp(`${between.source}|[/／]`, 'i');

/** No phone number has fewer digits. */
export const fewestDigits = 7;

/** Whether a phone number can have so many digits, without its extension. */
export const isPhoneLength = (count: number): boolean => count >= fewestDigits && count <= 15;

/** Whether a text has as many digits as a phone number, apart from an extension. */
const isWhole = (text: string): boolean =>
  isPhoneLength(digitsIn(text.replace(/\d\s*(?:x|ext).*$/i, '')).length);

/**
 * The numbers that somebody wrote into one field, each as it was written: "044 111 22 33 / 079 111 22 33" are two. If
 * the parts are not complete numbers ("030/123456", "555 0147/48"), it returns one text.
 */
export function splitNumbers(text: string): string[] {
  for (const separator of [betweenOrSlash, between]) {
    const parts = text.split(separator).filter((part) => part.trim() !== '');
    if (parts.length > 1 && parts.every(isWhole)) return parts.map((part) => part.trim());
  }
  return halves(text)?.flatMap(splitNumbers) ?? [text];
}

/** Two numbers with only a space, a dash or a comma between them, if the whole is too long to be one. */
function halves(text: string): string[] | undefined {
  const count = (part: string) => digitsIn(part).length;
  if (count(text) <= 15 || /[#*]|,,/.test(text)) return undefined;
  const pairs = [...text.matchAll(/\s+(?:[-–—]\s+)?|[,，\\]|(?<=\d)(?=\+)/g)].map(({ index, 0: sign }) => [
    text.slice(0, index),
    text.slice(index + sign.length),
  ]);
  const gap = ([first = '', second = '']: string[]) => Math.abs(count(first) - count(second));
  const [best] = pairs.sort((a, b) => gap(a) - gap(b));
  return best && gap(best) < 4 && best.every((part) => isWhole(part) && count(part) >= 9) ? best : undefined;
}

/** Whether a spreadsheet has turned a number into scientific notation, 4.4E+11, which loses its digits. */
export const isScientific = (text: string): boolean =>
  /^[\s'="]*\+?\d+(?:[.,]\d+)? ?(?:e ?[+-]? ?|[×x*] ?10\^)\d{1,3}[\s"]*$/i.test(text) ||
  /(?<![\p{L}\d])\d+[.,]\d+ ?e ?\+ ?\d{1,3}(?!\d)/iu.test(text);

/** The digits of all numbers in a text, for finding, with a line break before and after each. */
export function phoneDigits(text: string): string {
  // Nearly every number has one of these forms, and there are tens of thousands of numbers.
  if (text.length < 20 && /^\+?(?:[\d().-]+ ?){1,8}$/.test(text)) {
    const digits = withoutTrunk(text).replace(/\D/g, '');
    return digits && `\n${digits}\n`;
  }
  const runs = splitNumbers(plainSigns(plainDigits(text)))
    .flatMap((number) => withoutTrunk(number).split(/[\p{L}#,;*]+/u))
    .map(digitsIn)
    .filter(Boolean);
  return runs.length > 0 ? `\n${runs.join('\n')}\n` : '';
}

/** The last seven digits of each number in a text. Numbers that are the same have the same last digits. */
export const phoneTails = (text: string): string[] =>
  phoneDigits(text)
    .split('\n')
    .filter((digits) => digits.length >= fewestDigits)
    .map((digits) => digits.slice(-fewestDigits));

const phoneSigns = /^[\d\s()+./-]*$/;

/** Whether the typed text looks like a phone number so far. */
export const looksLikePhone = (typed: string): boolean => phoneSigns.test(plainDigits(fold(typed)));

/**
 * The forms of typed digits, one of which a number must contain. The trunk zero and the zeros of an international call
 * do not matter, so 044 finds +41 44. A number with a country code finds one without it, so +1 212 finds (212). Fewer
 * than two digits find nothing.
 */
export function wantedDigits(typed: string): string[] {
  const text = plainDigits(fold(typed.trim().replace(/^tel:/i, ''))).replace(
    /(?<=\d\s*)(?:x|ext\.?)\s*\d+$/,
    '',
  );
  if (!phoneSigns.test(text)) return [];
  const dialed = withoutTrunk(text)
    .replace(/\D/g, '')
    .replace(/^011(?=\d{9})/, '');
  const digits = dialed.replace(/^0+/, '');
  if (digits.length < 2) return [];
  const isAbroad = /^\s*(?:\+|00|011)/.test(text) || digits.length > 10;
  const codes = isAbroad ? [1, 2, 3] : digits.startsWith('1') ? [1] : [];
  const starts = codes.map((length) => digits.slice(length)).filter((rest) => rest.length >= 4);
  return [digits, ...starts.flatMap((rest) => [`\n${rest}`, `\n0${rest}`])];
}
