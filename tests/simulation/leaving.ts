import { expect } from 'vitest';
import { entityNames } from '$lib/entities/registry';
import { StoreError } from '$lib/store/errors';
import type { Device } from './device';
import type { World } from './world';

/** The records of a tablet by table and id: whether each is alive, and whether it is another person's conflict. */
type Shown = Map<string, { alive: boolean; ofAnother: boolean }>;

async function shownOn({ userId, store: { db } }: Device): Promise<Shown> {
  const shown: Shown = new Map();
  for (const entity of entityNames)
    for (const row of await db.rows(entity).toArray())
      shown.set(`${entity} ${row.id}`, {
        alive: row.deleted_at === null,
        ofAnother: entity === 'conflicts' && 'author_id' in row && row.author_id !== userId,
      });
  return shown;
}

/**
 * Lets someone work while a sync runs. An edit may find its record gone and then store nothing, but only if a record
 * really left the device or was deleted there meanwhile, and for a known reason.
 */
export async function workDuringSync(world: World, device: Device, work: () => Promise<void>): Promise<void> {
  const before = await shownOn(device);
  let told: StoreError | undefined;
  try {
    await work();
  } catch (cause) {
    if (!(cause instanceof StoreError) || cause.code !== 'not_found') throw cause;
    told = cause;
  }
  const after = await shownOn(device);
  const left = [...before.keys()].filter((key) => !after.has(key));
  const died = [...before.keys()].filter((key) => before.get(key)?.alive && after.get(key)?.alive === false);
  const refused = await refusedOn(device);
  const strange = left.filter(
    (key) =>
      // A change that a restored server lost, a conflict whose author came back, or a record that the server refused.
      !world.restored && !(world.server.changedAccess && key.startsWith('conflicts ')) && !refused.has(key),
  );
  expect(strange, `${device.name} loses records without a reason`).toEqual([]);
  if (told) expect(left.length + died.length, `${device.name}: ${told.message}`).toBeGreaterThan(0);
}

/** The records that were created here and that the server refused: only `conflicts` still has them. */
async function refusedOn({ store: { db } }: Device): Promise<Set<string>> {
  const inserts = await db.outbox.filter(({ op }) => op === 'insert').toArray();
  const refused = inserts.filter(({ result }) => ['rejected', 'blocked'].includes(result?.status ?? ''));
  return new Set(refused.map(({ entity, id }) => `${entity} ${id}`));
}
