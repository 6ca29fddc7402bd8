import type { Calendar } from './calendar.ts';
import { asciiWords, phoneIn, type CompanyRow } from './companies.ts';
import type { Segment } from './company-names.ts';
import { seedId } from './ids.ts';
import { firstNames, lastNames } from './names.ts';
import { places, type Place } from './places.ts';
import { principals } from './principals.ts';
import type { Random } from './random.ts';

export interface ContactRow {
  id: string;
  first_name: string;
  last_name: string;
  title: string;
  department: string;
  company_id: string;
  emails: { value: string; label: string }[];
  phones: { value: string; label: string }[];
  city: string;
  region: string;
  country: string;
  background: string | null;
  owner_id: string | null;
  tags: string[];
  created_at: string;
  updated_at: string;
  created_by: string;
}

type Position = readonly [title: string, department: string];

const kitchen: readonly Position[] = [
  ['Executive Chef', 'Kitchen'],
  ['Chef de Cuisine', 'Kitchen'],
  ['Sous Chef', 'Kitchen'],
  ['Pastry Chef', 'Pastry'],
  ['Kitchen Manager', 'Kitchen'],
];
const office: readonly Position[] = [
  ['Purchasing Manager', 'Purchasing'],
  ['Buyer', 'Purchasing'],
  ['General Manager', 'Management'],
  ['Owner', 'Management'],
  ['Accounts Payable', 'Finance'],
];

const positions: Readonly<Record<Segment | 'Principal', readonly Position[]>> = {
  Restaurant: [...kitchen, ...office, ['Beverage Director', 'Bar']],
  'Restaurant group': [
    ['Culinary Director', 'Kitchen'],
    ['Director of Operations', 'Management'],
    ...kitchen,
    ...office,
  ],
  Hotel: [
    ['Food and Beverage Director', 'Food and beverage'],
    ['Banquet Chef', 'Banquets'],
    ...kitchen,
    ...office,
  ],
  Catering: [['Event Chef', 'Kitchen'], ['Event Coordinator', 'Events'], ...kitchen, ...office],
  'Café and bakery': [['Head Baker', 'Bakery'], ['Café Manager', 'Front of house'], ...office],
  Distributor: [
    ['Category Manager', 'Purchasing'],
    ['Warehouse Manager', 'Warehouse'],
    ['Sales Director', 'Sales'],
    ...office,
  ],
  Grocer: [
    ['Deli Manager', 'Deli'],
    ['Specialty Buyer', 'Purchasing'],
    ['Store Manager', 'Management'],
    ...office,
  ],
  Institution: [['Dining Services Director', 'Dining'], ['Dietitian', 'Nutrition'], ...kitchen, ...office],
  Principal: [
    ['Regional Sales Manager', 'Sales'],
    ['Brand Manager', 'Marketing'],
    ['Customer Service Lead', 'Service'],
    ['Corporate Chef', 'Culinary'],
  ],
};

const backgrounds = [
  'Prefers a call before ten, before the lunch rush.',
  'Came from a hotel kitchen; cares about portion cost more than price.',
  'Decides together with the owner. Bring samples for two.',
  'Buys local where the quality holds. Asks where everything comes from.',
  'Met at the spring tasting; asked for the full catalog.',
  'Reads messages late at night and answers then.',
  'Changing the menu each season; plan samples a month ahead.',
  'Careful with allergens: send spec sheets with every sample.',
];

const tagsOf = ['decision maker', 'influencer', 'tasting panel', 'newsletter', 'price sensitive', 'champion'];

/** `count` people, spread over the companies; every company has at least one. */
export function makeContacts(
  random: Random,
  calendar: Calendar,
  companies: readonly CompanyRow[],
  count: number,
): ContactRow[] {
  const seen = new Map<string, number>();
  return Array.from({ length: count }, (_, index) => {
    const company = companies[index] ?? random.pick(companies);
    return makeContact(random, calendar, company, index, seen);
  });
}

function makeContact(
  random: Random,
  calendar: Calendar,
  company: CompanyRow,
  index: number,
  seen: Map<string, number>,
): ContactRow {
  const first_name = random.pick(firstNames);
  const last_name = random.pick(lastNames);
  const [title, department] = random.pick(positions[company.segment]);
  const place = [...places, ...principals].find(({ city }) => city === company.city) ?? random.pick(places);
  const phones = [{ value: phoneIn(random, place), label: 'work' }];
  if (random.chance(0.35)) phones.push({ value: otherPhone(random, place, phones), label: 'mobile' });
  return {
    id: seedId('contact', index + 1),
    first_name,
    last_name,
    title,
    department,
    company_id: company.id,
    emails: [{ value: emailOf(first_name, last_name, company, seen), label: 'work' }],
    phones,
    city: company.city,
    region: company.region,
    country: company.country,
    background: random.chance(0.3) ? random.pick(backgrounds) : null,
    owner_id: company.owner_id,
    tags: random.sample(tagsOf, Number(random.weighted({ 0: 5, 1: 4, 2: 1 }))),
    created_at: calendar.time(-random.int(121, 500), random.int(8, 17), random.int(0, 59)),
    updated_at: calendar.time(-random.int(1, 29), random.int(8, 17), random.int(0, 59)),
    created_by: company.owner_id ?? company.created_by,
  };
}

/** A number that the person does not have yet, because phone numbers are a set. */
function otherPhone(random: Random, place: Place, phones: { value: string }[]): string {
  for (;;) {
    const value = phoneIn(random, place);
    if (phones.every((phone) => phone.value !== value)) return value;
  }
}

/** first.last@company; people with the same name at the same company get a number. */
function emailOf(first: string, last: string, company: CompanyRow, seen: Map<string, number>): string {
  const local = [...asciiWords(first), ...asciiWords(last)].join('.');
  const address = `${local}@${new URL(company.website).hostname}`;
  const times = (seen.get(address) ?? 0) + 1;
  seen.set(address, times);
  return times === 1 ? address : address.replace('@', `${times}@`);
}

/** The people of each company, by its id. */
export function staffByCompany(contacts: readonly ContactRow[]): Map<string, ContactRow[]> {
  const staff = new Map<string, ContactRow[]>();
  for (const contact of contacts) {
    const colleagues = staff.get(contact.company_id);
    if (colleagues) colleagues.push(contact);
    else staff.set(contact.company_id, [contact]);
  }
  return staff;
}
