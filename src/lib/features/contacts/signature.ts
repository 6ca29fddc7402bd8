import type { Labelled } from '$lib/entities/fields';
import { isSuffix, splitName } from '$lib/shared/pickers/split-name';
import { isPhoneLength } from '$lib/ui/phone-digits';

/** The facts that a signature gives about a person. Missing facts are left out. */
export interface Signature {
  first_name?: string;
  last_name?: string;
  title?: string;
  department?: string;
  company?: string;
  emails: Labelled[];
  phones: Labelled[];
  linkedin_url?: string;
  street?: string;
  postal_code?: string;
  city?: string;
  region?: string;
}

const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const phone = /(?:\+|\(|\b\d)[\d\s()./-]{6,}\d(?:\s*(?:x|ext\.?)\s*\d+)?/gi;
const linkedIn = /(?:https?:\/\/)?(?:[\w-]+\.)?linkedin\.com\/[^\s|,]+/i;
const web =
  /(?:https?:\/\/|www\.)[^\s|]+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|io|co|eu|de|ch|at|fr|it|es|nl|be|uk|us)\b(?:\/\S*)?/gi;

const titleWord =
  /\b(chef|sous|pastry|cook|owner|founder|president|director|manager|head|lead|buyer|purchas\w*|procurement|sales|account|executive|officer|c[efot]o|vp|vice|partner|consultant|engineer|assistant|coordinator|sommelier|baker|butcher|supervisor|specialist|representative|administrator|gérant|directeur|directrice|geschäftsführer\w*|leiter\w*|einkauf\w*)\b/i;
const departmentWord =
  /\b(department|dept\.?|division|team|kitchen operations|purchasing|procurement|marketing|operations)$/i;
const companyWord =
  /\b(inc|llc|ltd|limited|gmbh|ag|kg|sarl|s\.?a\.?|s\.?r\.?l|b\.?v|corp\w*|company|co|group|hotels?|restaurants?|kitchen|bakery|bistro|caf[eé]|catering|foods?|grill|inn|resort|brasserie|trattoria|house|market|provisions?)\b\.?/i;
const greeting =
  /^(best|kind|warm|many|thanks|thank you|regards|cheers|sincerely|mit freundlichen|freundliche|viele|cordialement|sent from|confidential|this (e-?mail|message))\b/i;
const streetWord =
  /\b(street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|way|square|sq|suite|floor|rue|place|via|strasse|straße|str|weg|gasse|platz|allee)\b\.?|(strasse|straße|weg|gasse|platz|allee)\s+\d/i;
const usTown = /^(.+?),?\s+([A-Z]{2})\s+(\d{5}(?:-\d{4})?)$/;
const euTown = /^(?:[A-Z]{1,2}-)?(\d{4,5})\s+(\p{Lu}[\p{L} .'-]+)$/u;
const ukTown = /^(.+?),?\s+([A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2})$/;

/**
 * Reads the signature of an email, or the text of a business card, by its lines and words alone. The result is a guess
 * that a person checks before it is stored.
 */
export function parseSignature(text: string): Signature {
  const found: Signature = { emails: [], phones: [] };
  const rest: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const left = takeContacts(line, found);
    rest.push(...left.split(/\s*[|•·–—]\s*|\s{3,}/).map(clean));
  }
  const words = rest.filter((part) => part.length > 1 && !greeting.test(part) && !/^--/.test(part));
  const lines = words.filter((part) => !takeAddress(part, found));
  takeName(lines, found);
  for (const part of lines) takeRole(part, found);
  found.company ??= companyOfHost(found.emails[0]?.value);
  if (found.company === undefined) delete found.company;
  return found;
}

/** Removes addresses and numbers from a line and returns the rest. */
function takeContacts(line: string, found: Signature): string {
  const profile = linkedIn.exec(line)?.[0];
  if (profile) found.linkedin_url ??= profile.startsWith('http') ? profile : `https://${profile}`;
  let left = profile ? line.replace(profile, ' ') : line;
  for (const [value] of left.matchAll(email))
    if (!found.emails.some((each) => each.value === value)) found.emails.push({ value, label: 'work' });
  left = left.replace(email, ' ').replace(web, ' ');
  for (const match of left.matchAll(phone)) {
    const value = match[0].trim();
    if (!isPhoneLength(digits(value))) continue;
    const before =
      left
        .slice(0, match.index)
        .split(/[|,•·]/)
        .at(-1) ?? '';
    const label = labelOf(before);
    if (label && !found.phones.some((each) => each.value === value)) found.phones.push({ value, label });
    left = left.replace(value, ' '.repeat(value.length));
  }
  return left.replace(
    /\b(mobile|mobil|mob|cell|phone|tel|telephone|direct|office|fax|e-?mail|web|www|[mtopdfew])\b\s*[.:]?\s*(?=$|\W*$|[|•·])/gi,
    ' ',
  );
}

const digits = (value: string) => value.replace(/(x|ext).*$/i, '').replace(/\D/g, '').length;

/** The label of a number; undefined for a fax, which nobody calls. */
function labelOf(before: string): string | undefined {
  if (/\b(fax|f)\b\W*$/i.test(before)) return undefined;
  if (/\b(mobile|mobil|mob|cell|handy|natel|m|c)\b\W*$/i.test(before)) return 'mobile';
  return /\b(home|private)\b\W*$/i.test(before) ? 'home' : 'work';
}

const clean = (part: string) => part.replace(/^[\s*_,;:|-]+|[\s*_,;:|-]+$/g, '');

/** Whether the part was an address. One line may hold street and town. */
function takeAddress(part: string, found: Signature): boolean {
  const pieces = part.split(/,\s+/);
  const last = pieces.at(-1) ?? '';
  // "Olympia, WA 98501" is one town, split at its comma.
  const town = takeTown(last, found)
    ? 1
    : pieces.length > 1 && takeTown(pieces.slice(-2).join(' '), found)
      ? 2
      : 0;
  const street = pieces.slice(0, pieces.length - town).join(', ');
  const isStreet = /\d/.test(street) && streetWord.test(street);
  if (isStreet) found.street ??= street;
  return isStreet || town > 0;
}

function takeTown(piece: string, found: Signature): boolean {
  const us = usTown.exec(piece);
  const eu = euTown.exec(piece);
  const uk = ukTown.exec(piece);
  if (us) Object.assign(found, { city: us[1], region: us[2], postal_code: us[3] });
  else if (eu) Object.assign(found, { postal_code: eu[1], city: eu[2] });
  else if (uk) Object.assign(found, { city: uk[1], postal_code: uk[2] });
  return Boolean(us ?? eu ?? uk);
}

function takeName(lines: string[], found: Signature): void {
  const at = lines.findIndex((part) => isName(part.split(',')[0] ?? ''));
  if (at < 0) return;
  const [name = '', ...parts] = (lines[at] ?? '').split(/,\s*/);
  const roles = parts.filter((part) => !isSuffix(part));
  const suffixes = parts.filter((part) => isSuffix(part) && !degree.test(part));
  const words = name.split(/\s+/).filter((word) => !/^(mr|mrs|ms|dr|prof)\.?$/i.test(word));
  const { first, last } = splitName([words.join(' '), ...suffixes].join(', '));
  if (first) found.first_name = first;
  if (last) found.last_name = last;
  lines.splice(at, 1, ...roles);
}

const degree = /^(ph\.?d|mba|msc)\.?$/i;

const isName = (part: string): boolean =>
  /^(?:\p{Lu}[\p{L}'’.-]*|de|da|van|von|der|di|la|le)(?:\s+(?:\p{Lu}[\p{L}'’.-]*|de|da|van|von|der|di|la|le)){1,3}$/u.test(
    part,
  ) &&
  !titleWord.test(part) &&
  !companyWord.test(part);

function takeRole(part: string, found: Signature): void {
  const at = /^(.+?)\s+(?:at|@|bei|chez)\s+(.+)$/i.exec(part) ?? /^(.+?),\s+(.+)$/.exec(part);
  if (at?.[1] && at[2] && titleWord.test(at[1])) {
    found.title ??= at[1];
    if (departmentWord.test(at[2])) found.department ??= at[2];
    else found.company ??= at[2];
  } else if (titleWord.test(part) && found.title === undefined) found.title = part;
  else if (departmentWord.test(part)) found.department ??= part;
  else if (!/\d{3}/.test(part) && part.length < 60) found.company ??= part;
}

const common =
  /^(gmail|googlemail|outlook|hotmail|live|yahoo|icloud|me|gmx|web|proton|protonmail|bluewin|aol)\./i;

/** The company that the domain of an email address names: "Cottonwood Bakery" for `@cottonwood-bakery.example.com`. */
function companyOfHost(address: string | undefined): string | undefined {
  const host = address?.split('@')[1] ?? '';
  if (!host || common.test(host)) return undefined;
  const [name = ''] = host.split('.');
  if (name === 'example') return undefined;
  return name.replace(
    /(^|-)(\p{L})/gu,
    (_, dash: string, letter: string) => (dash ? ' ' : '') + letter.toUpperCase(),
  );
}
