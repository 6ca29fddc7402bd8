import { expect } from 'vitest';
import { entityNames, type EntityName } from '$lib/entities/registry';
import { discardMutation } from '$lib/store/discard';
import { setAsideRows } from '$lib/store/set-aside';
import { keyedEntities, withSortKey } from '$lib/store/sort-keys';
import { statusWords } from '$lib/sync/status-text';
import type { Device } from './device';
import { unionsOf, mergedIdsOf } from './merges';
import type { World } from './world';

type Rows = Record<string, unknown>[];

/** Entities whose rows differ between tablets. */
const personal: EntityName[] = ['conflicts', 'saved_views', 'import_batches'];
const shared = entityNames.filter((name) => !personal.includes(name));

/** Each mutation ended in exactly one final state, the same on tablet and server, and nothing is still queued. */
export async function everythingSettled(world: World): Promise<void> {
  const receipts = await world.db.query<{ mutation_id: string; status: string }>(
    'select mutation_id, status from private.receipts',
  );
  const status = new Map(receipts.map((row) => [row.mutation_id, row.status]));
  expect(status.size, 'one receipt each').toBe(receipts.length);
  const refused = new Set<string>();
  for (const device of world.devices) {
    await world.ledger.note(device);
    const { db } = device.store;
    for (const entry of await db.outbox.where('state').equals('refused').toArray()) {
      expect(entry.id, 'refused though the server could read it').toMatch(/^poison/);
      refused.add(entry.mutation_id);
      await discardMutation(device.store, entry.seq);
    }
    const entries = await db.outbox.toArray();
    expect(entries.filter((entry) => entry.state !== 'settled')).toEqual([]);
    for (const { mutation_id, result } of entries)
      if (result?.error?.code !== 'deactivated') expect(result?.status).toBe(status.get(mutation_id));
    expect(await db.base_rows.count()).toBe(0);
    await device.sync();
    expect(await db.events.count()).toBe(0);
  }
  const { mutations, excused } = world.ledger;
  expect([...status.keys()].filter((id) => !mutations.has(id) || refused.has(id))).toEqual([]);
  expect(
    [...mutations.keys()].filter((id) => !status.has(id) && !refused.has(id) && !excused.has(id)),
  ).toEqual([]);
}

/** The conflicts that a person can read: their own and, for managers, those of members who left. */
const readableConflicts = `where author_id = $1 or exists (
  select from public.members me, public.members author
  where me.id = $1 and me.role in ('admin', 'manager') and author.id = author_id and not author.active)`;

/** Every tablet shows exactly the server's rows, tombstones included, and those conflicts that its person can read. */
export async function replicasConverge(world: World): Promise<void> {
  for (const { name, store } of world.devices)
    expect(await setAsideRows(store.db), `rows that ${name} cannot read`).toEqual([]);
  for (const device of world.devices) await matchesServer(world, device);
  for (const device of world.devices) await keysFitRows(device);
  for (const entity of shared) await sameValues(world, entity);
}

async function matchesServer(world: World, { name, userId, store }: Device): Promise<void> {
  for (const entity of [...shared, 'conflicts' as const]) {
    const server = await world.db.query<{
      id: string;
      version: number;
      deleted_at: string;
      blanked_at: string;
    }>(
      `select * from public.${entity} ${entity === 'conflicts' ? readableConflicts : 'where $1::uuid is not null'}
       order by id`,
      [userId],
    );
    // A device that had the record gets its blanked tombstone; a device that starts over does not.
    const blanked = new Set(server.filter((row) => row.blanked_at !== null).map((row) => row.id));
    const rows = await store.db.rows(entity).orderBy('id').toArray();
    expect(
      rows.filter((row) => !blanked.has(row.id)).map((row) => [row.id, row.version, row.deleted_at === null]),
      `${entity} on ${name}`,
    ).toEqual(
      server
        .filter((row) => !blanked.has(row.id))
        .map((row) => [row.id, Number(row.version), row.deleted_at === null]),
    );
  }
}

/** Every row is stored with the sort key of the name that it has. */
async function keysFitRows({ name, store }: Device): Promise<void> {
  for (const entity of keyedEntities)
    for (const row of await store.db.rows(entity).toArray())
      expect(row, `${entity} on ${name}`).toEqual(withSortKey<object>(entity, row));
}

async function sameValues(world: World, entity: EntityName): Promise<void> {
  const blanked = await world.db.query<{ id: string }>(
    `select id from public.${entity} where blanked_at is not null`,
  );
  const hidden = new Set(blanked.map((row) => row.id));
  const rowsOf = async (device: Device) =>
    ((await device.store.db.rows(entity).orderBy('id').toArray()) as unknown as Rows).filter(
      (row) => !hidden.has(row.id as string),
    );
  const [first, ...others] = world.devices;
  const expected = first && (await rowsOf(first));
  for (const other of others) expect(await rowsOf(other), `${entity} on ${other.name}`).toEqual(expected);
}

/** Each change of a row has one row in the log, and each event is there once under its own author. */
export async function logIsComplete(world: World): Promise<void> {
  for (const entity of ['contacts', 'companies', 'deals', 'notes', 'tasks']) {
    const wrong = await world.db.query(
      `select r.id, r.version, l.entries from public.${entity} r
       left join lateral (select count(*)::int entries from public.activity_logs a where a.entity_id = r.id
         and a.action in ('create', 'update', 'delete', 'restore', 'merge')) l on true
       where r.version <> l.entries`,
    );
    expect(wrong, entity).toEqual([]);
  }
  const rows = await world.db.query<{ id: string }>(
    `select id from public.activity_logs where action in ('view', 'discard')`,
  );
  const logged = new Set(rows.map((row) => row.id));
  const { events, excused } = world.ledger;
  expect([...events].filter((id) => !logged.has(id) && !excused.has(id))).toEqual([]);
  expect([...logged].filter((id) => !events.has(id)).length, 'events that nobody created').toBe(0);
}

/** A tablet that says `Synced` has sent everything and shows exactly the server's rows. */
export async function syncedIsTrue(world: World, device: Device, failed: boolean): Promise<void> {
  const { db } = device.store;
  const entries = await db.outbox.toArray();
  const { text } = statusWords({
    pending: entries.filter((entry) => ['pending', 'reoffered'].includes(entry.state)).length,
    events: await db.events.count(),
    conflicts: entries.filter((entry) => entry.state === 'refused').length,
    running: false,
    failed: failed ? 'unreachable' : null,
    pulled: true,
  });
  if (text !== 'Synced') return;
  const ids = entries.map((entry) => entry.mutation_id);
  const known = await world.db.query('select mutation_id from private.receipts where mutation_id = any($1)', [
    ids,
  ]);
  expect(known.length, `${device.name} says Synced`).toBe(ids.length);
  await matchesServer(world, device);
}

/** The rows of a tablet contain everything that it holds as settled: no answered change disappears, even briefly. */
export async function showsSettledChanges(world: World, { name, store: { db } }: Device): Promise<void> {
  const entries = await db.outbox.where('state').equals('settled').toArray();
  const unions = unionsOf(world);
  for (const { entity, id, op, result } of entries) {
    if (!result?.version) continue;
    // A mutation of a merged record was answered with the version of the record that stays, and the merged one may have
    // been restored since.
    const places = [...mergedIdsOf(unions, id)];
    const rows = await Promise.all(
      places.map(
        async (place) => (await db.base_rows.get([entity, place]))?.row ?? (await db.rows(entity).get(place)),
      ),
    );
    // A first pull leaves out records that were deleted a month ago.
    const missing = places.filter((_, i) => !rows[i]);
    if ((await Promise.all(missing.map((place) => isBlanked(world, entity, place)))).includes(true)) continue;
    const words = `${name}: ${op} of ${entity} ${id} settled at version ${result.version}`;
    expect(Math.max(0, ...rows.map((row) => row?.version ?? 0)), words).toBeGreaterThanOrEqual(
      result.version,
    );
  }
}

async function isBlanked(world: World, entity: EntityName, id: string): Promise<boolean> {
  // Some ids that were created here are ones that no server can read.
  const sql = `select from public.${entity} where id::text = $1 and blanked_at is not null`;
  return (await world.db.query(sql, [id])).length > 0;
}
