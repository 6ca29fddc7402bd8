import { getCountries, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

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
] as const)
  codes.set(name, code);

/**
 * A phone number as people write it: one with a country code in the international way, another in the way of
 * `country` (its English name or two letters). What is no number, or might be one of another country, is left alone.
 */
export function formatPhone(text: string, country?: string | null): string {
  const code = codes.get(country?.trim().toLowerCase() ?? '');
  const abroad = text.trim().startsWith('+');
  if (!abroad && !code) return text;
  const number = parsePhoneNumberFromString(text, { ...(code && { defaultCountry: code }), extract: false });
  if (!number?.isPossible()) return text;
  return abroad ? number.formatInternational() : number.formatNational();
}
