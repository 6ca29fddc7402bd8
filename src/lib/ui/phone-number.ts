import {
  getCountries,
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/min';
import { fewestDigits, phoneDigits, splitNumbers } from './phone-digits';
import { plainSigns } from '$lib/text/plain-signs';

const names = new Intl.DisplayNames('en', { type: 'region' });
const codes = new Map<string, CountryCode>();
for (const code of getCountries()) {
  codes.set(code.toLowerCase(), code);
  codes.set((names.of(code) ?? code).toLowerCase(), code);
}
for (const [name, code] of [
  ['usa', 'US'],
  ['u.s.', 'US'],
  ['uk', 'GB'],
  ['england', 'GB'],
  ['scotland', 'GB'],
  ['wales', 'GB'],
  ['deutschland', 'DE'],
  ['schweiz', 'CH'],
  ['österreich', 'AT'],
  ['méxico', 'MX'],
] as const)
  codes.set(name, code);

/** The country that a record names, in English or by its two-letter code. */
const countryOf = (country: string | null | undefined): CountryCode | undefined =>
  codes.get(country?.trim().toLowerCase() ?? '');

/** The country of numbers whose record names none: that of the device's language, or else the United States. */
function deviceCountry(): CountryCode {
  const language = typeof navigator === 'undefined' ? '' : navigator.language;
  const region = language ? new Intl.Locale(language).maximize().region : undefined;
  return codes.get(region?.toLowerCase() ?? '') ?? 'US';
}

/** The number in a text that is one whole number. */
function parse(text: string, country: CountryCode | undefined): PhoneNumber | undefined {
  const read = (written: string) =>
    parsePhoneNumberFromString(written, { ...(country && { defaultCountry: country }), extract: false });
  const written = plainSigns(text).trim();
  const number = read(written);
  // Many countries dial 00 before a country code. In the others, no number begins with 00.
  if (number?.isValid() || !/^00[1-9]/.test(written)) return number;
  return read(written.replace('00', '+'));
}

/**
 * A phone number as people write it: a number with a country code in international format, any other in the format of
 * `country` (its English name or two letters). Text that is not a number, may be a number of another country, or says
 * more than a number (the pauses and keys of a conference call) stays as it was written.
 */
export function formatPhone(text: string, country?: string | null): string {
  const code = countryOf(country);
  const abroad = text.trim().startsWith('+');
  if ((!abroad && !code) || /[,;#*]/.test(text)) return text;
  const number = parse(text, code);
  if (!number?.isPossible()) return text;
  return abroad ? number.formatInternational() : number.formatNational();
}

/**
 * The link that calls a number, without its extension; `undefined` if the text is not one whole number. If the record
 * names no country and the number is not valid in the device's country, it is dialed as written.
 */
export function phoneLink(text: string, country?: string | null): string | undefined {
  const own = countryOf(country);
  const number = parse(text, own ?? deviceCountry());
  if (!number?.isPossible()) return undefined;
  if (number.isValid()) return `tel:${number.number}`;
  if (own || number.ext || plainSigns(text).trim().startsWith('+')) return undefined;
  return `tel:${phoneDigits(text).trim()}`;
}

/** A number as it was written, with the country of its record. */
export interface WrittenNumber {
  text: string;
  country?: string | null | undefined;
}

/**
 * Whether two texts contain the same phone number. It compares numbers in E.164, read as numbers of their country or of
 * the device's. A number that is not valid there is compared by all its digits without the trunk zero, also with
 * numbers of other countries: 044 123 45 67 is +41 44 123 45 67. The area code always counts, and the extension never
 * does. Texts with fewer than seven digits contain no number.
 */
export function samePhone(a: WrittenNumber, b: WrittenNumber): boolean {
  const others = keysOf(b);
  return keysOf(a).some((one) => others.some((other) => isSame(one, other)));
}

interface Key {
  /** The number in E.164; undefined if it can belong to any country. */
  e164: string | undefined;
  /** The digits without country code and trunk zero. */
  national: string;
}

const isSame = (a: Key, b: Key): boolean =>
  a.e164 && b.e164 ? a.e164 === b.e164 : a.national === b.national;

const keysOf = ({ text, country }: WrittenNumber): Key[] =>
  splitNumbers(text).flatMap((one) => {
    const number = parse(one, countryOf(country) ?? deviceCountry());
    if (number?.isValid()) return { e164: number.number, national: number.nationalNumber };
    const [, digits = ''] = phoneDigits(one).split('\n');
    return digits.length < fewestDigits ? [] : { e164: undefined, national: digits.replace(/^0+/, '') };
  });
