import { setCurrentStore } from '$lib/store/current';
import { everythingSettled, logIsComplete, replicasConverge, syncedIsTrue } from './checks';
import { historyOf } from './history';
import { eachChangeIsOnce, noBlindOverwrite, nothingIsDropped } from './values';
import { World } from './world';

/**
 * Lets a team live through the faults of a seed, ends all faults, and compares everything.
 *
 * @param arrange called once the world exists, before anything happens
 * @throws if something was lost, doubled or wrong
 */
export async function playStory(
  seed: number,
  { tablets = 8, steps = 150, arrange = async () => undefined }: StoryOptions = {},
): Promise<World> {
  const world = await World.create(seed, tablets);
  try {
    await arrange(world);
    // In every third story the server is lost and restored from a backup.
    const backupAt = seed % 3 === 0 ? Math.floor(steps / 3) : -1;
    const restoreAt = backupAt < 0 ? -1 : backupAt + 10 + world.random.pick([0, 20, 50]);
    for (let step = 0; step < steps; step += 1) {
      if (step === backupAt) await world.backUp();
      if (step === restoreAt) await world.restore();
      await world.step();
      if (step % 10 === 0) {
        const device = world.random.pick(world.devices);
        const complete = await world.sync(device);
        await syncedIsTrue(world, device, !complete);
      }
    }
    await world.heal();
    await everythingSettled(world);
    await replicasConverge(world);
    await logIsComplete(world);
    await nothingIsDropped(world);
    await noBlindOverwrite(world);
    await eachChangeIsOnce(world);
    return world;
  } catch (cause) {
    if (cause instanceof Error) cause.message += `\n${await historyOf(world, cause.message)}`;
    throw cause;
  } finally {
    setCurrentStore(undefined);
    await world.end();
  }
}

export interface StoryOptions {
  tablets?: number;
  steps?: number;
  arrange?: (world: World) => Promise<unknown>;
}
