import { fold } from '$lib/text/fold';
import { companyFields, contactFields, type PlainField } from '$lib/shared/forms/plain-fields';
import type { FileKind } from './file-kind';
import { holdsFormsOfAddress } from './forms-of-address';
import { inEnglish, withoutSubject } from './header-words';
import type { SourceRow } from './source-table';
import { targetsOf, type Column, type Target } from './targets';

// Header names of Google Contacts, Outlook, HubSpot, Atomic CRM, our own export and hand-made sheets, as
// they read once folded and with every other sign as a space. The first that fits decides.
const patterns: [RegExp, Target][] = [
  [
    /phonetic|nickname|file as|formatted|display name|angezeigter name|record id|^e ?mail( \d+)? typ$/,
    'line',
  ],
  // Columns about calls and mailings are not addresses or numbers: a count or a date would look like a phone number.
  [
    /^(?=.*(mail|phone|mobile)).*\b(number of|count|messages|date|calls|last phone call|sent|opened|clicked|replied|bounced?|opt(ed)? (out|in)|domain|unsubscribed|confirmed|installed|carrier)\b/,
    'line',
  ],
  [/^(first|given|fore) ?name$|^first$/, 'first_name'],
  [/^(middle|additional) names?$/, 'middle_name'],
  [/^((second )?last|family|sur) ?name$|^last$/, 'last_name'],
  [/^((full|contact) )?name$|^contact( person)?$|^person$/, 'full_name'],
  [/^(name |honorific )?prefix$|^salutation$/, 'name_prefix'],
  [/^(name |honorific )?suffix$/, 'name_suffix'],
  [/^e ?mail( \d+)? (label|type)$/, 'email_label'],
  [/^(phone|telephone)( \d+)? (label|type)$/, 'phone_label'],
  [/linked ?in/, 'linkedin_url'],
  [/e ?mail/, 'email'],
  [/phone|mobile|^cell|^tel( |$)|^fax|( |^)fax$|^pager$/, 'phone'],
  [
    /^(company|organi[sz]ation|business|account|employer)( 1)?( name)?$|^(associated company|potential customer|company account|accounts|companies)$/,
    'company',
  ],
  [/^(job ?|organi[sz]ation |organi[sz]ation 1 )?title$|^(job )?(position|role|function)$/, 'title'],
  [
    /^(company |account )?(website|web page|web site|homepage|url|website url|website 1 value|company website|(company )?domain( name)?)$/,
    'website',
  ],
  [
    /^(((address 1|home|business|other|work|mailing|billing|shipping|company)( address)?|address) )?(street( address)?( [123])?|address( line)? [23]|po box|extended address|postal address)$/,
    'street',
  ],
  [/^address( line)?( [12])?$/, 'street'],
  [
    /^(((address 1|home|business|other|work|mailing|billing|shipping|company)( address)?|address) )?(city|town|locality)$/,
    'city',
  ],
  [
    /^(((address 1|home|business|other|work|mailing|billing|shipping|company)( address)?|address) )?(region|state( (region|province|code))?|province|county|estado)$/,
    'region',
  ],
  [
    /^(((address 1|home|business|other|work|mailing|billing|shipping|company)( address)?|address) )?(postal code|post ?code|zip ?(postal )?(code)?)$|^billing code$/,
    'postal_code',
  ],
  [
    /^(((address 1|home|business|other|work|mailing|billing|shipping|company)( address)?|address) )?country( (region|code))?$/,
    'country',
  ],
  [/^(tags?|labels?|categor(y|ies)|group membership|groups?)$/, 'tags'],
  [
    /^(notes?|background|((deal|opportunity|contact|company|account) )?description|comments?|remarks?)$/,
    'background',
  ],
  [
    /^((contact|company|deal|record|account|opportunity|lead|organi[sz]ation|person|sales) )?(owner|assigned to)( (name|email))?$/,
    'owner',
  ],
];

const ofCompanies: [RegExp, Target][] = [
  [/^((company|organi[sz]ation|account) )?name$/, 'company'],
  [/^(segment|industry)$/, 'segment'],
  [/^priority$/, 'priority'],
];

const ofDeals: [RegExp, Target][] = [
  [/^((deal|opportunity|potential) )?(name|title)$|^(deal|opportunity|topic|bezeichnung)$/, 'deal_name'],
  [/^(principal|brand|manufacturer|supplier)$/, 'principal'],
  [/^((deal|opportunity|sales|pipeline) )?stage( name)?$/, 'stage'],
  [/^((deal|opportunity) )?status$|^estado$|^statut$/, 'status'],
  [
    /^((deal|total|opportunity) )?(amount|value)( (in )?[a-z]{2,3})?$|^total( (in )?[a-z]{2,3})?$|^est revenue$/,
    'amount',
  ],
  [/^((amount|deal) )?currency( code| iso code| of value)?$/, 'currency'],
  [/^(expected |estimated |est )?clos(e|ing)( (date|on))?$/, 'expected_close_on'],
  [/^next (action|step)$/, 'next_action'],
  [/^next (action|step|activity) (on|date)$/, 'next_action_on'],
  [/^((primary |associated )?contact|person)( (person|name))?$/, 'contact'],
  [/^((lead|deal|opportunity) )?source( channel)?$/, 'source'],
  [/^(deal )?(closed|won|lost) (at|on|date|time)$|^actual close date$/, 'closed_at'],
  [/^(closed )?lost reason$|^reason for loss$|^loss reason$/, 'lost_reason'],
  [/^priority$/, 'priority'],
];

const patternsIn = (fields: readonly PlainField<Target>[]): [RegExp, Target][] =>
  fields.flatMap(({ header, field }) => (header ? [[header, field]] : []));

const patternsOf: Record<FileKind, [RegExp, Target][]> = {
  contacts: [...patternsIn(contactFields), ...patterns],
  companies: [...patternsIn(companyFields), ...ofCompanies, ...patterns],
  deals: [...ofDeals, ...patterns],
};

const kinds = Object.keys(patternsOf) as FileKind[];

/** Targets that several columns may share. */
const shared = new Set<Target>([
  'line',
  'email',
  'email_label',
  'phone',
  'phone_label',
  'street',
  'name_prefix',
  'closed_at',
  'ignore',
]);

const address = new Set<Target>(['street', 'city', 'region', 'postal_code', 'country']);

/**
 * A header in the form of the patterns: in English, folded, and without the owner that Pipedrive puts before each name.
 */
export function headerNames(headers: string[]): string[] {
  const own = headers.map((header) => {
    const [, of = '', rest = ''] = /^\s*(\p{L}+)\s+-\s+(.*)$/u.exec(header) ?? [];
    return rest ? withoutSubject(plain(rest), plain(of)) : plain(header);
  });
  return own.map((name) => inEnglish(name, own));
}

/** The target of a column with this name in a file of a kind. @param name as `headerNames` gives it */
export const targetOf = (name: string, kind: FileKind): Target | undefined =>
  patternsOf[kind].find(([pattern]) => pattern.test(name))?.[1];

/** Whether a cell is the name of a column in some kind of file. */
export const isKnownHeader = (text: string): boolean =>
  text.length < 60 && kinds.some((kind) => targetOf(headerNames([text])[0] ?? '', kind));

/**
 * The most likely target of each column. A second column for a value that a contact has only once becomes a line in the
 * background.
 * @param rows of the file: their cells tell a job title from "Mrs."
 */
export function guessColumns(
  headers: string[],
  kind: FileKind = 'contacts',
  rows: Pick<SourceRow, 'cells'>[] = [],
): Column[] {
  const allowed = targetsOf(kind);
  const names = headerNames(headers);
  const jobTitle = names.findIndex((name) => name === 'job title');
  const family = addressFamily(names);
  const taken = new Set<Target>();
  return headers.map((header, index) => {
    const name = names[index] ?? '';
    let target = targetOf(name, kind) ?? 'line';
    if (!allowed.includes(target)) target = 'line';
    // Beside a job title, a title is "Dr.".
    if (name === 'title' && jobTitle >= 0) target = 'name_prefix';
    if (target === 'title' && holdsFormsOfAddress(rows, index)) target = 'name_prefix';
    if (address.has(target) && familyOf(name) !== family) target = 'line';
    const isSecond = name === 'second last name' && taken.has('last_name');
    if (!shared.has(target) && taken.has(target) && !isSecond) target = 'line';
    taken.add(target);
    return { index, header, target, label: labelIn(name), group: groupIn(name) };
  });
}

const plain = (header: string) =>
  fold(header.replace(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' '))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const familyOf = (name: string) =>
  /^(home|business|other|work|mailing|billing|shipping|company|address 1) /.exec(name)?.[1] ?? '';

/** A contact has one address. If a file has several kinds, the work address wins. */
function addressFamily(names: string[]): string {
  const found = names.filter((name) =>
    patterns.some(([pattern, target]) => address.has(target) && pattern.test(name)),
  );
  const families = [
    ...['business', 'work', 'company', '', 'address 1', 'mailing', 'billing', 'shipping', 'home', 'other'],
  ];
  return families.find((family) => found.some((name) => familyOf(name) === family)) ?? '';
}

const synonyms: Record<string, string> = {
  business: 'work',
  office: 'work',
  cell: 'mobile',
  cellphone: 'mobile',
  asst: 'assistant',
};

function labelIn(name: string): string | null {
  const words = name.match(
    /\b(work|business|office|home|mobile|cell|cellphone|other|fax|pager|main|car|assistant|asst)\b/g,
  );
  const [word] = words?.includes('fax') ? ['fax'] : (words ?? []);
  return word ? (synonyms[word] ?? word) : null;
}

const groupIn = (name: string) => /\d+/.exec(name)?.[0] ?? '1';
