import { expect, test } from 'vitest';
import { byPosition, positionAt } from './position';

interface Placed {
  id: string;
  position: string | null;
}

function randomFrom(seed: number) {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

const ids = (deals: Placed[]) => [...deals].sort(byPosition).map((deal) => deal.id);

test('a thousand moves to random places always land at the chosen place', () => {
  const random = randomFrom(7);
  const ordered: Placed[] = [];
  for (let n = 0; n < 1000; n++) {
    const index = Math.floor(random() * (ordered.length + 1));
    ordered.splice(index, 0, { id: `d${n}`, position: positionAt(ordered, index, random) });
    expect(ids(ordered)).toEqual(ordered.map((deal) => deal.id));
  }
});

test('many moves to the first place keep positions short', () => {
  const ordered: Placed[] = [];
  for (let n = 0; n < 2000; n++) ordered.unshift({ id: `d${n}`, position: positionAt(ordered, 0) });
  expect(ids(ordered)).toEqual(ordered.map((deal) => deal.id));
  expect(Math.max(...ordered.map((deal) => deal.position?.length ?? 0))).toBeLessThan(12);
});

test('two devices that choose one place get different positions', () => {
  const stage = [
    { id: 'a', position: positionAt([], 0, randomFrom(1)) },
    { id: 'b', position: null as string | null },
  ];
  stage[1] = { id: 'b', position: positionAt([stage[0] as Placed], 1, randomFrom(2)) };
  const mine = { id: 'mine', position: positionAt(stage, 1, randomFrom(3)) };
  const theirs = { id: 'theirs', position: positionAt(stage, 1, randomFrom(4)) };
  expect(mine.position).not.toBe(theirs.position);
  const order = ids([...stage, mine, theirs]);
  expect([order[0], order[3]]).toEqual(['a', 'b']);
  expect(ids([theirs, mine, ...stage])).toEqual(order);
});

test('after concurrent moves a deal can still be put between the two', () => {
  const stage = [{ id: 'a', position: positionAt([], 0) }];
  const both = [3, 4, 5].map((seed) => ({
    id: `m${seed}`,
    position: positionAt(stage, 1, randomFrom(seed)),
  }));
  const ordered: Placed[] = [...stage, ...both].sort(byPosition);
  ordered.splice(2, 0, { id: 'new', position: positionAt(ordered, 2) });
  expect(ids(ordered)).toEqual(ordered.map((deal) => deal.id));
});

test('equal and foreign positions neither throw nor stop a move', () => {
  const stage = [
    { id: 'a', position: 'a0x' },
    { id: 'b', position: 'a0x' },
    { id: 'c', position: '~not an index' },
    { id: 'd', position: null },
  ];
  expect(positionAt(stage, 1) > 'a0x').toBe(true);
  expect(positionAt(stage, 0) < 'a0x').toBe(true);
  expect(positionAt(stage, 4).length).toBeGreaterThan(4);
});
