import { expect, test } from 'vitest';
import { FirstRows } from './first-rows';

const row = (id: string, version = 1) => ({ id, version });

test('later rows do not displace the first ones, except rows made here', () => {
  const first = new FirstRows<ReturnType<typeof row>>(({ version }) => version === 0);
  expect(first.of([])).toEqual([]);
  expect(first.of([row('b'), row('d')])).toEqual([row('b'), row('d')]);
  expect(first.of([row('a'), row('b', 2), row('c', 0), row('d')])).toEqual([
    row('b', 2),
    row('c', 0),
    row('d'),
  ]);
});

test('a deleted row leaves its place', () => {
  const first = new FirstRows<ReturnType<typeof row>>(() => false);
  first.of([row('b'), row('d')]);
  expect(first.of([row('a'), row('d')])).toEqual([row('d')]);
});

test('an interrupted first sync hides no rows that arrived', () => {
  const first = new FirstRows<ReturnType<typeof row>>(() => false);
  first.of([row('b')]);
  const all = [row('a'), row('b'), row('c')];
  expect(first.all(all)).toEqual(all);
  expect(first.of(all)).toEqual(all);
  expect(first.of([...all, row('d')])).toEqual(all);
});
