import { plainSigns } from '$lib/text/plain-signs';

/**
 * A cell with a number or a date, with the digits and separators of every script as in English, and without surrounding
 * quotation marks or a leading apostrophe.
 */
export const plainNumber = (text: string): string =>
  plainSigns(text)
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, (digit) => String(digitOf(digit)))
    .replace(/[٬،]/g, ',')
    .replace(/٫/g, '.')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^=?"(.*)"$/, '$1')
    .replace(/^'(?=\S)/, '')
    .trim();

/** The value of a digit in any script. The ten digits of a script are consecutive. */
function digitOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (zero > code - 10 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code < 0x80 ? Number(digit) : (code - zero) % 10;
}
