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
])('forgives a typo: %s', (typed) => {
  expect(found(new SearchIndex(people), typed)).not.toEqual([]);
});

test.each(['jxn', 'wolfgang', 'bistor ines moreau'])(
  'finds nothing for a text that is too different: %s',
  (typed) => {
    expect(found(new SearchIndex(people), typed)).toEqual([]);
  },
);

test('forgives a typo in a name that was added later', () => {
  const index = new SearchIndex(people);
  index.put([entry('4', 'Wolfgang Amsel')]);
  expect(found(index, 'wolfgagn')).toEqual(['4']);
});

test('lists names that begin with the text first, then names that contain it', () => {
  const index = new SearchIndex([
    entry('a', 'Zoe', ['sand']),
    entry('b', 'Amy Sand'),
    entry('c', 'Sandra Zed'),
  ]);
  expect(found(index, 'sand')).toEqual(['c', 'b', 'a']);
});

test('the last four digits of a number rank above digits in its middle', () => {
  const others = Array.from({ length: 20 }, (_, n) =>
    entry(`o${n}`, `Abe ${n}`, [], [`555 1801 ${100 + n}`]),
  );
  expect(found(new SearchIndex([...others, ...people]), '1801')[0]).toBe('3');
});

test.each(['+1 212 555 0147', '12125550147', '212–555–0147', '(212) 555-0147', '25550', '0147'])(
  'finds a caller by the number on the phone: %s',
  (typed) => {
    const index = new SearchIndex([...people, entry('us', 'Ana Lee', [], ['212.555.0147'])]);
    expect(found(index, typed)[0]).toBe('us');
    index.put([entry('new', 'Bo Lee', [], ['(212) 555-0147'])]);
    expect(new Set(found(index, typed))).toEqual(new Set(['us', 'new']));
  },
);

test('an empty text finds nothing', () => {
  expect(found(new SearchIndex(people), '  ')).toEqual([]);
});

test('after any changes, finds the same as a new index', () => {
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
