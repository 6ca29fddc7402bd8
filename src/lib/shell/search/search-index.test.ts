import fc from 'fast-check';
import { expect, test } from 'vitest';
import { haystack } from '$lib/shared/lists/filter';
import type { Entry } from './entry';
import { SearchIndex } from './search-index';

const entry = (id: string, label: string, texts: string[] = [], phones: string[] = []): Entry => ({
  hit: { id, group: 'Contacts', label, hint: '', href: `/contacts/${id}` },
  found: haystack([label, ...texts], phones),
});
const people = [
  entry('1', 'Ines Moreau', ['Café Łódź'], ['+33 4 72 00 11 22']),
  entry('2', 'Katherine Johnson', ['Bistro'], ['044 668 18 00', '555 0100']),
  entry('3', 'Jon Sand', ['Bistro'], ['+41 44 668 18 01']),
];
const found = (index: SearchIndex, text: string) => index.find(text).map(({ id }) => id);

test.each([
  'moraeu',
  'morreau',
  'moeau',
  'mureau',
  'kathrine',
  'katherien',
  'jonson',
  'bistor',
  'ines mroeau',
])('a slip of the finger is forgiven: %s', (typed) => {
  expect(found(new SearchIndex(people), typed)).not.toEqual([]);
});

test.each(['jxn', 'wolfgang', 'bistor ines moreau'])('what is far off finds nothing: %s', (typed) => {
  expect(found(new SearchIndex(people), typed)).toEqual([]);
});

test('a slip in a name that came later is forgiven too', () => {
  const index = new SearchIndex(people);
  index.put([entry('4', 'Wolfgang Amsel')]);
  expect(found(index, 'wolfgagn')).toEqual(['4']);
});

test('names that begin with the text come first, then those that hold it, then the rest', () => {
  const index = new SearchIndex([
    entry('a', 'Zoe', ['sand']),
    entry('b', 'Amy Sand'),
    entry('c', 'Sandra Zed'),
  ]);
  expect(found(index, 'sand')).toEqual(['c', 'b', 'a']);
});

test('the last four digits of a number find its owner before digits in the middle of others', () => {
  const others = Array.from({ length: 20 }, (_, n) =>
    entry(`o${n}`, `Abe ${n}`, [], [`555 1801 ${100 + n}`]),
  );
  expect(found(new SearchIndex([...others, ...people]), '1801')[0]).toBe('3');
});

test.each(['+1 212 555 0147', '12125550147', '212–555–0147', '(212) 555-0147', '25550', '0147'])(
  'a caller is found by the number the phone shows: %s',
  (typed) => {
    const index = new SearchIndex([...people, entry('us', 'Ana Lee', [], ['212.555.0147'])]);
    expect(found(index, typed)[0]).toBe('us');
    index.put([entry('new', 'Bo Lee', [], ['(212) 555-0147'])]);
    expect(new Set(found(index, typed))).toEqual(new Set(['us', 'new']));
  },
);

test('no text finds nothing', () => {
  expect(found(new SearchIndex(people), '  ')).toEqual([]);
});

test('after any changes it finds what an index made anew finds', () => {
  const label = fc.string({ unit: fc.constantFrom('a', 'b', ' '), minLength: 1, maxLength: 6 });
  const change = fc.record({ id: fc.nat(8).map(String), label: fc.option(label) });
  fc.assert(
    fc.property(fc.array(label, { maxLength: 6 }), fc.array(change), label, (labels, changes, text) => {
      const entries = new Map(labels.map((each, id) => [String(id), entry(String(id), each)]));
      const index = new SearchIndex([...entries.values()]);
      for (const { id, label } of changes)
        if (label === null) {
          entries.delete(id);
          index.remove([id]);
        } else {
          entries.set(id, entry(id, label));
          index.put([entry(id, label)]);
        }
      const anew = new SearchIndex([...entries.values()]);
      expect(new Set(index.find(text, 100))).toEqual(new Set(anew.find(text, 100)));
    }),
  );
});
