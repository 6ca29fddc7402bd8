import { fold } from '$lib/ui/fold';
import type { FileKind } from './file-kind';
import { inEnglish } from './header-words';
import { targetsOf, type Column, type Target } from './targets';

// Header names of Google Contacts, Outlook, HubSpot, Atomic CRM, our own export and hand-made sheets, as
// they read once folded and with every other sign as a space. The first that fits decides.
const patterns: [RegExp, Target][] = [
  [/phonetic|nickname|file as|formatted|display name|record id/, 'line'],
  // About calls and mailings, not an address or a number: a count or a date of them would pass for a phone number.
  [
    /^(?=.*(mail|phone|mobile)).*\b(number of|date|calls|last phone call|sent|opened|clicked|replied|bounced?|opt(ed)? (out|in)|domain|unsubscribed|confirmed|installed|carrier)\b/,
    'line',
  ],
  [/^(first|given|fore) ?name$|^first$/, 'first_name'],
  [/^(middle|additional) names?$/, 'middle_name'],
  [/^(last|family|sur) ?name$|^last$/, 'last_name'],
  [/^((full|contact) )?name$|^contact$|^person$/, 'full_name'],
  [/^(name |honorific )?prefix$|^salutation$/, 'name_prefix'],
  [/^(name |honorific )?suffix$/, 'name_suffix'],
  [/^e ?mail( \d+)? (label|type)$/, 'email_label'],
  [/^(phone|telephone)( \d+)? (label|type)$/, 'phone_label'],
  [/linked ?in/, 'linkedin_url'],
  [/e ?mail/, 'email'],
  [/phone|mobile|^cell|^tel( |$)|^fax|( |^)fax$/, 'phone'],
  [/^(company|organi[sz]ation|business|account|employer)( 1)?( name)?$|^associated company$/, 'company'],
  [/^(job ?|organi[sz]ation |organi[sz]ation 1 )?title$|^(job )?(position|role|function)$/, 'title'],
  [/^(organi[sz]ation |organi[sz]ation 1 )?department$/, 'department'],
  [/^(website|web page|web site|homepage|url|website url|website 1 value|company website)$/, 'website'],
  [
    /^((address 1|home|business|other|work|mailing|company) )?(street( address)?( [23])?|po box|extended address)$/,
    'street',
  ],
  [/^address( line)?( [12])?$/, 'street'],
  [/^((address 1|home|business|other|work|mailing|company) )?(city|town|locality)$/, 'city'],
  [
    /^((address 1|home|business|other|work|mailing|company) )?(region|state( region)?|province|county)$/,
    'region',
  ],
  [
    /^((address 1|home|business|other|work|mailing|company) )?(postal code|post ?code|zip( code)?)$/,
    'postal_code',
  ],
  [/^((address 1|home|business|other|work|mailing|company) )?country( region)?$/, 'country'],
  [/^(tags?|labels?|categor(y|ies)|group membership|groups?)$/, 'tags'],
  [/^(notes?|background|description|comments?|remarks?)$/, 'background'],
  [/^((contact|company|deal|record|account) )?(owner|assigned to)$/, 'owner'],
];

const ofCompanies: [RegExp, Target][] = [
  [/^((company|organi[sz]ation|account) )?name$/, 'company'],
  [/^(segment|industry)$/, 'segment'],
  [/^priority$/, 'priority'],
];

const ofDeals: [RegExp, Target][] = [
  [/^((deal|opportunity) )?(name|title)$|^(deal|opportunity)$/, 'deal_name'],
  [/^(principal|brand|manufacturer|supplier)$/, 'principal'],
  [/^((deal|pipeline) )?(stage|status)$/, 'stage'],
  [/^((deal|total) )?(amount|value)$/, 'amount'],
  [/^currency( code)?$/, 'currency'],
  [/^(expected )?clos(e|ing)( date)?$|^expected closing date$/, 'expected_close_on'],
  [/^next (action|step)$/, 'next_action'],
  [/^next (action|step) (on|date)$/, 'next_action_on'],
  [/^((lead|deal) )?source$/, 'source'],
  [/^closed (at|on|date)$/, 'closed_at'],
  [/^(closed )?lost reason$/, 'lost_reason'],
  [/^priority$/, 'priority'],
];

const patternsOf: Record<FileKind, [RegExp, Target][]> = {
  contacts: patterns,
  companies: [...ofCompanies, ...patterns],
  deals: [...ofDeals, ...patterns],
};

/** Targets that several columns may have together. */
const shared = new Set<Target>(['line', 'email', 'email_label', 'phone', 'phone_label', 'street', 'ignore']);

const address = new Set<Target>(['street', 'city', 'region', 'postal_code', 'country']);

/** What each column most likely is. A second column of a kind that a contact has once becomes a background line. */
export function guessColumns(headers: string[], kind: FileKind = 'contacts'): Column[] {
  const allowed = targetsOf(kind);
  const own = headers.map(plain);
  const names = own.map((name) => inEnglish(name, own));
  const jobTitle = names.findIndex((name) => name === 'job title');
  const family = addressFamily(names);
  const taken = new Set<Target>();
  return headers.map((header, index) => {
    const name = names[index] ?? '';
    let target = patternsOf[kind].find(([pattern]) => pattern.test(name))?.[1] ?? 'line';
    if (!allowed.includes(target)) target = 'line';
    // Where there is a job title beside it, a title is "Dr.".
    if (name === 'title' && jobTitle >= 0) target = 'name_prefix';
    if (address.has(target) && familyOf(name) !== family) target = 'line';
    if (!shared.has(target) && taken.has(target)) target = 'line';
    taken.add(target);
    return { index, header, target, label: labelIn(name), group: groupIn(name) };
  });
}

const plain = (header: string) =>
  fold(header)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const familyOf = (name: string) =>
  /^(home|business|other|work|mailing|company|address 1) /.exec(name)?.[1] ?? '';

/** A contact has one address: of several kinds in a file, that of work before the others. */
function addressFamily(names: string[]): string {
  const found = names.filter((name) =>
    patterns.some(([pattern, target]) => address.has(target) && pattern.test(name)),
  );
  const families = ['business', 'work', 'company', '', 'address 1', 'mailing', 'home', 'other'];
  return families.find((family) => found.some((name) => familyOf(name) === family)) ?? '';
}

const synonyms: Record<string, string> = {
  business: 'work',
  office: 'work',
  cell: 'mobile',
  cellphone: 'mobile',
};

function labelIn(name: string): string | null {
  const words = name.match(
    /\b(work|business|office|home|mobile|cell|cellphone|other|fax|pager|main|car|assistant)\b/g,
  );
  const [word] = words?.includes('fax') ? ['fax'] : (words ?? []);
  return word ? (synonyms[word] ?? word) : null;
}

const groupIn = (name: string) => /\d+/.exec(name)?.[0] ?? '1';
