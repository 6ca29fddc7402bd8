import { expect, test } from 'vitest';
import { liveThrough } from './story';

const seeds = Number(process.env.SEEDS ?? 20);
const first = Number(process.env.SEED_FROM ?? 1);

test.each(Array.from({ length: seeds }, (_, i) => first + i))(
  'seed %i: in bad weather nothing is lost, doubled or untrue',
  async (seed) => {
    const world = await liveThrough(seed);
    expect(world.ledger.events.size).toBeGreaterThan(0);
    expect(world.longPulls).toBeGreaterThan(0);
  },
);
