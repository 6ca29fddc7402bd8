import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NameOrder, uniqueNameKey } from './name-order';

const row = (n: number) => ({ id: String(n).padStart(5, '0'), name: `Name ${(n * 7_919) % 10_007}` });
const order = () => new NameOrder<ReturnType<typeof row>>(({ id, name }) => uniqueNameKey(name, id));

test('many rows are sorted in pieces as they are sorted at once', async () => {
  const rows = Array.from({ length: 5_000 }, (_, n) => row(n));
  expect(await order().ofMany(rows)).toEqual(order().of(rows));
});

test('two callers at the same time get their own rows, each in order', async () => {
  const rows = Array.from({ length: 6_000 }, (_, n) => row(n));
  const shared = order();
  const parts = [rows, rows.slice(0, 5_000), rows.slice(2_000)];
  const lists = await Promise.all(parts.map((part) => shared.ofMany(part)));
  expect(lists).toEqual(parts.map((part) => order().of(part)));
});

test('what was listed before does not change the order', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 0, max: 30 }));
  fc.assert(
    fc.property(fc.array(ids), (lists) => {
      const all = Array.from({ length: 31 }, (_, n) => row(n));
      const kept = order();
      for (const list of lists) {
        const rows = list.flatMap((n) => all[n] ?? []);
        expect(kept.of(rows)).toEqual(order().of(rows));
      }
    }),
  );
});
