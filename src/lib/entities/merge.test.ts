import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeField, type MergeRule } from './merge';

const word = fc.constantFrom('a', 'b', 'c', 'd', null);
const words = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
const methods = fc.uniqueArray(
  fc.record({ value: fc.constantFrom('1', '2', '3', '4'), label: fc.constantFrom('Work', 'Home', null) }),
  { selector: (entry) => entry.value },
);

const time = fc.constantFrom(
  null,
  '2026-03-01T08:00:00Z',
  '2026-03-01T09:00:00.000+00:00',
  '2026-03-02T08:00:00Z',
);

const inputs: Record<MergeRule, fc.Arbitrary<unknown>> = {
  three_way: word,
  latest: word,
  mark: time,
  set: words,
  keyed_set: methods,
};

describe.each(Object.entries(inputs) as [MergeRule, fc.Arbitrary<unknown>][])('%s', (rule, arbitrary) => {
  test('a field only I changed becomes mine', () => {
    fc.assert(
      fc.property(arbitrary, arbitrary, (base, mine) => {
        expect(mergeField(rule, base, mine, base)).toEqual({ value: mine, conflict: false });
      }),
    );
  });

  test('the same change on both sides is no conflict', () => {
    fc.assert(
      fc.property(arbitrary, arbitrary, (base, mine) => {
        expect(mergeField(rule, base, mine, mine)).toEqual({ value: mine, conflict: false });
      }),
    );
  });

  test('a conflict keeps their value in place', () => {
    fc.assert(
      fc.property(arbitrary, arbitrary, arbitrary, (base, mine, theirs) => {
        const merged = mergeField(rule, base, mine, theirs);
        if (rule === 'three_way' && merged.conflict) expect(merged.value).toEqual(theirs);
        if (rule === 'latest' || rule === 'set') expect(merged.conflict).toBe(false);
      }),
    );
  });
});

test('what two people marked keeps the earlier time, and whoever saw the mark may clear it', () => {
  fc.assert(
    fc.property(time, time, time, (base, mine, theirs) => {
      const { value, conflict } = mergeField('mark', base, mine, theirs);
      const at = (mark: unknown) => Date.parse(String(mark));
      if (!base && mine && theirs) expect(at(value)).toBe(Math.min(at(mine), at(theirs)));
      if (base && !mine) expect(value).toBeNull();
      if (base ? !mine : mine) expect(conflict).toBe(false);
    }),
  );
});

test('additions and removals of both sides merge', () => {
  fc.assert(
    fc.property(words, words, words, (base, mine, theirs) => {
      const merged = mergeField('set', base, mine, theirs).value as typeof base;
      for (const value of ['a', 'b', 'c', 'd', 'e'] as const) {
        const wanted = base.includes(value)
          ? mine.includes(value) && theirs.includes(value)
          : mine.includes(value) || theirs.includes(value);
        expect(merged.includes(value)).toBe(wanted);
      }
      expect(new Set(merged).size).toBe(merged.length);
    }),
  );
});

test('a number that both sides relabelled differently is a conflict, an added one is not', () => {
  const base = [{ value: '1', label: 'Work' }];
  const mine = [
    { value: '1', label: 'Mobile' },
    { value: '2', label: null },
  ];
  const theirs = [{ value: '1', label: 'Home' }];
  expect(mergeField('keyed_set', base, mine, theirs)).toEqual({
    value: [
      { value: '1', label: 'Home' },
      { value: '2', label: null },
    ],
    conflict: true,
  });
});

test('a number removed here and relabelled there is a conflict, one removed here alone is gone', () => {
  const base = [
    { value: '1', label: 'Work' },
    { value: '2', label: null },
  ];
  const theirs = [
    { value: '1', label: 'Home' },
    { value: '2', label: null },
  ];
  expect(mergeField('keyed_set', base, [], theirs)).toEqual({
    value: [{ value: '1', label: 'Home' }],
    conflict: true,
  });
});
