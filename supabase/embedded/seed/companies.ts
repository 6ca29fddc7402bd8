import { manager, rep, rep2 } from './accounts.ts';
import type { Calendar } from './calendar.ts';
import { firstWords, segmentWeights, suffixes, type Segment } from './company-names.ts';
import { seedId } from './ids.ts';
import { places, streets, type Place } from './places.ts';
import { principals } from './principals.ts';
import type { Random } from './random.ts';

export interface CompanyRow {
  id: string;
  name: string;
  segment: Segment | 'Principal';
  priority: string | null;
  phone: string;
  website: string;
  street: string;
  city: string;
  region: string;
  postal_code: string;
  country: string;
  description: string | null;
  owner_id: string | null;
  tags: string[];
  created_at: string;
  updated_at: string;
  created_by: string;
}

/** Cities of the demo's sales territory. A large data set covers all places. */
const TERRITORY = 8;
const FEW = 100;

const tagsOf = [
  'farm to table',
  'seasonal menu',
  'volume account',
  'new chef',
  'competitive bid',
  'referral',
  'tastings',
];

/** `count` companies in total: first the principals, then customers with different names. */
export function makeCompanies(random: Random, calendar: Calendar, count: number): CompanyRow[] {
  const rows = principals.map((principal, index) => ({
    ...common(random, calendar, index, {
      ...random.pick(places),
      city: principal.city,
      region: principal.region,
    }),
    name: principal.name,
    segment: 'Principal' as const,
    priority: 'A',
    website: principal.website,
    description: `Sells ${principal.products.join(', ')}.`,
    owner_id: manager.id,
    tags: ['principal'],
  }));
  const nextName = namer(random, count);
  const cities = count <= FEW ? places.slice(0, TERRITORY) : places;
  return [
    ...rows,
    ...Array.from({ length: count - rows.length }, (_, index) =>
      makeCustomer(random, calendar, rows.length + index, nextName, random.pick(cities)),
    ),
  ];
}

type Namer = (segment: Segment, place: Place) => string;

function makeCustomer(
  random: Random,
  calendar: Calendar,
  index: number,
  nextName: Namer,
  place: Place,
): CompanyRow {
  const segment = random.weighted(segmentWeights);
  const name = nextName(segment, place);
  return {
    ...common(random, calendar, index, place),
    name,
    segment,
    priority: random.chance(0.9) ? random.weighted({ A: 2, B: 4, C: 3, D: 1 }) : null,
    website: `https://${domainOf(name)}`,
    description: null,
    owner_id: random.chance(0.95) ? random.weighted({ [rep.id]: 58, [rep2.id]: 36, [manager.id]: 6 }) : null,
    tags: random.sample(tagsOf, random.int(0, 2)),
  };
}

function common(random: Random, calendar: Calendar, index: number, place: Place) {
  const age = random.int(60, 700);
  return {
    id: seedId('company', index + 1),
    phone: phoneIn(random, place),
    street: `${random.int(1, 2400)} ${random.pick(streets)}`,
    city: place.city,
    region: place.region,
    postal_code: `${place.postalPrefix}${String(random.int(1, 99)).padStart(2, '0')}`,
    country: 'USA',
    created_at: calendar.time(-age, random.int(8, 17), random.int(0, 59)),
    updated_at: calendar.time(-random.int(1, 59), random.int(8, 17), random.int(0, 59)),
    created_by: random.pick([rep, rep2, manager]).id,
  };
}

/** Names with different first words, as long as there are unused ones. */
function namer(random: Random, count: number): Namer {
  const unused = count <= firstWords.length ? random.sample(firstWords, count) : null;
  const taken = new Set<string>();
  return (segment, place) => {
    for (;;) {
      const plain = `${unused?.pop() ?? random.pick(firstWords)} ${random.pick(suffixes[segment])}`;
      const name = taken.has(plain) ? `${plain} ${place.city}` : plain;
      if (taken.has(name)) continue;
      taken.add(name);
      return name;
    }
  };
}

/** A company's fictional domain, under one that is reserved for examples. */
function domainOf(name: string): string {
  return `${asciiWords(name).join('-')}.example.com`;
}

/** The words of a name in lowercase, without accents. */
export function asciiWords(name: string): string[] {
  return (
    name
      .normalize('NFD')
      .replace(/\p{Mark}/gu, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  );
}

/** A number in the exchange that is reserved for fiction. */
export function phoneIn(random: Random, { areaCode }: Place): string {
  return `(${areaCode}) 555-${String(random.int(100, 199)).padStart(4, '0')}`;
}
