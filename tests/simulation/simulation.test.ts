import { expect, test } from 'vitest';
import { playStory } from './story';
import type { World } from './world';

const seeds = Number(process.env.SEEDS ?? 20);
const first = Number(process.env.SEED_FROM ?? 1);

test.each(Array.from({ length: seeds }, (_, i) => first + i))(
  'seed %i: loses, doubles and falsifies nothing despite all faults',
  async (seed) => {
    // In every fourth story a member writes with their own program, within the rules of the server.
    const arrange = async (made: World) => (seed % 4 === 0 ? made.letForeignClientIn() : undefined);
    const world = await playStory(seed, { arrange });
    expect(world.ledger.events.size).toBeGreaterThan(0);
    expect(world.longPulls).toBeGreaterThan(0);
  },
);
