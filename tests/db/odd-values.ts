import fc from 'fast-check';
import { maxLength } from '../../src/lib/entities/max-length';
import { days, times } from './odd-times';

const repeated = (unit: string, lengths: number[]) => lengths.map((length) => unit.repeat(length));
const around = (most: number) => [most - 1, most, most + 1];
const deep = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;

/** Values that every field is tested with, whatever its type: wrong types, empty, odd and hostile values. */
const anything: unknown[] = [
  ...[null, true, false, 0, 1, -1, 1.5, 1e308, 5e-324, 1e-320, 2 ** 53],
  ...[
    '',
    ' ',
    '   ',
    '\t',
    '\n',
    'x',
    ' x ',
    'NaN',
    'Infinity',
    'null',
    'true',
    '0',
    '{}',
    '[]',
    'A',
    'E',
    'a',
  ],
  ...['\u0000', 'a\u0000b', '\ud800', 'a\udfffb', '\u00a0', '\u200b', '\ufeff', '\u2028', '😀', 'e\u0301'],
  ...[
    [],
    [null],
    [1],
    [''],
    [' '],
    ['x'],
    ['x', 'x'],
    [[]],
    [['x']],
    [{}],
    {},
    { a: 1 },
    { a: null },
    deep(9),
  ],
  ...[deep(15), deep(40), { value: 'x', label: null }, '__proto__', JSON.parse('{"__proto__": {"a": 1}}')],
];

const uuid = '0193f7a0-1111-7222-8333-944444444444';
const ids = [
  ...[uuid, uuid.toUpperCase(), `{${uuid}}`, uuid.replaceAll('-', ''), `${uuid} `, ` ${uuid}`, `${uuid}\n`],
  ...[
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    uuid.slice(1),
    `${uuid}0`,
  ],
  ...['0193-f7a0-1111-7222-8333944444444444', '0193f7a0-1111-7222-8333-94444444444g', '-'.repeat(36)],
];

const links = [
  ...[
    'http://a',
    'https://example.com/a?b=c#d',
    'HTTPS://EXAMPLE.COM',
    'hTtP://x',
    'https://',
    'http:/a',
    'https:a',
  ],
  ...[
    'ftp://a',
    'javascript:alert(1)',
    ' https://a',
    'https://a ',
    'https://a b',
    'https://a\tb',
    'https://a\n',
  ],
  ...[
    '\nhttps://a',
    'https://a\u00a0b',
    'https://a\u2003b',
    'https://a\u0085b',
    'https://a\u200bb',
    'https://ä.example.com',
  ],
  ...[
    'https://a\u2028b',
    'https://a\u3000b',
    'https://a\u000bb',
    'https://a\u001fb',
    'httpſ://a',
    'https://😀',
  ],
];
const words = [
  ...[
    'USD',
    'usd',
    'US',
    'USDX',
    'EUR',
    'MXN',
    'HRK',
    'ZZZ',
    'XXX',
    'ÄÖÜ',
    'US1',
    'USD\n',
    ' USD',
    'new_lead',
    'New_lead',
    'closed_won',
    'call',
    'Call',
  ],
  ...['note', 'demo', 'visit', 'admin', 'rep', 'owner', 'B', 'D', 'AB', 'theirs', 'mine'],
];

const numbers = [
  ...[
    999_999_999_999.99, -999_999_999_999.99, 999_999_999_999.985, 999_999_999_999, 1e12, -1e12, 1e15, 0.005,
  ],
  ...[
    0.1 + 0.2,
    12.345,
    -0,
    2_147_483_647,
    2_147_483_648,
    -2_147_483_648,
    1e21,
    1e-7,
    '12.5',
    '1e3',
    '0x10',
    '1,5',
  ],
  ...['12', '-1', '+1', '1.', '.5', ' 1', '1\n', '１'],
];

const entry = (value: unknown, label: unknown = null) => ({ value, label });
const many = (count: number, make: (at: number) => unknown) =>
  Array.from({ length: count }, (_, at) => make(at));
const sets = [
  ...[
    [entry('a@b.c')],
    [entry('a@b.c', 'work'), entry('d@e.f', '')],
    [{ value: 'a@b.c' }],
    [{ label: null }],
  ],
  ...[
    [{ value: 'a', label: null, extra: 1 }],
    [{ value: 'a', label: null, extra: null }],
    [entry('a'), entry('a')],
  ],
  ...[
    [entry('a', 'x'), entry('a', 'y')],
    [entry('')],
    [entry(' ')],
    [entry('\t')],
    [entry(null)],
    [entry(1)],
  ],
  ...[
    [entry('a', 1)],
    [entry('a', {})],
    [entry('a', [])],
    [entry('a'), null],
    [entry('a'), 'b'],
    [entry('a'), []],
  ],
  ...[entry('a'), [[entry('a')]], [entry('a'), { value: 'b' }], [{ Value: 'a', Label: null }]],
  ...repeated('x', around(300)).flatMap((text) => [[entry(text)], [entry('a', text)]]),
  ...repeated('😀', around(300)).flatMap((text) => [[entry(text)], [entry('a', text)]]),
  ...around(1000).map((count) => many(count, (at) => entry(`${at}@example.com`))),
];
const lists = [
  ...[
    ['a', 'b'],
    ['a', 'a'],
    ['a', ''],
    ['a', ' '],
    ['a', '\t'],
    ['a', null],
    ['a', 1],
    ['a', ['b']],
    ['a', {}],
  ],
  ...[['NULL'], ['null'], ['"'], ['\\'], ['{a,b}'], ['a\nb'], ['a, b'], ['\u0000'], ['\ud800']],
  ...repeated('x', around(300)).map((text) => [text]),
  ...repeated('😀', around(300)).map((text) => [text]),
  ...around(1000).map((count) => many(count, (at) => `tag ${at}`)),
];
const idLists = ids.flatMap((id) => [[id], [id, id], [id, null]]);
const objects = [
  ...[
    { text: 'a' },
    { text: null, deep: { er: [1, 'x', null] } },
    { '': 1 },
    { a: 1e300 },
    { a: many(70, () => 1e300) },
  ],
  ...around(19_990).map((length) => ({ a: 'x'.repeat(length) })),
  ...around(19_991).map((length) => ({ a: '😀'.repeat(length) })),
  ...[
    { a: many(900, (at) => at) },
    Object.fromEntries(many(900, (at) => [`key ${at}`, '"\n']) as [string, string][]),
  ],
];

const byType: Record<string, unknown[]> = {
  text: [...words, ...links],
  date: [...days, ...times.slice(0, 20)],
  'timestamp with time zone': [...times, ...days.slice(0, 5)],
  uuid: ids,
  numeric: numbers,
  integer: numbers,
  boolean: ['yes', 'no', 't', 'f', 'on', '1'],
  jsonb: [...sets, ...objects],
  'text[]': lists,
  'uuid[]': idLists,
};

const random: Record<string, fc.Arbitrary<unknown>> = {
  text: fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.string({ unit: fc.constantFrom('h', 't', 'p', 's', ':', '/', ' ') }),
  ),
  date: fc.date({ noInvalidDate: true }).map((at) => at.toISOString().slice(0, -14)),
  'timestamp with time zone': fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
  numeric: fc.oneof(fc.double(), fc.integer(), fc.double({ min: -1e13, max: 1e13 })).filter(Number.isFinite),
  integer: fc.oneof(fc.integer(), fc.maxSafeInteger()),
  jsonb: fc.oneof(
    fc.array(
      fc.record(
        { value: fc.string({ unit: 'binary' }), label: fc.option(fc.string()) },
        { requiredKeys: [] },
      ),
    ),
    fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })),
  ),
  'text[]': fc.array(fc.string({ unit: 'binary' })),
  'uuid[]': fc.array(fc.uuid()),
  uuid: fc.uuid(),
};

/** Values that are valid for a column of this type, or nearly. */
export const nearValues = (type: string): unknown[] => byType[type] ?? [];

/** The test values of a field, by its name and the type of its column: right, wrong, and borderline. */
export function oddValues(field: string, type: string, seed: number): unknown[] {
  const samples = { numRuns: 25, seed };
  const lengths = type === 'text' ? around(maxLength(field)) : [];
  return [
    ...anything,
    ...(byType[type] ?? []),
    ...repeated('x', lengths),
    ...repeated(
      '😀',
      lengths.filter((length) => length < 50_000),
    ),
    ...lengths.map((length) => `https://${'x'.repeat(length - 8)}`),
    ...fc.sample(random[type] ?? fc.boolean(), samples),
    ...fc.sample(fc.jsonValue({ maxDepth: 3 }), samples),
  ].filter((value) => JSON.stringify(value) !== undefined);
}
