import { expect } from 'vitest';
import { entityNames, type EntityName } from '$lib/entities/registry';
import { statusWords } from '$lib/sync/status-text';
import type { Device } from './device';
import type { World } from './world';

type Rows = Record<string, unknown>[];

/** Each mutation ended in exactly one terminal state, and nothing waits. */
export async function everythingSettled(world: World): Promise<void> {
  const receipts = await world.db.query<{ mutation_id: string }>('select mutation_id from private.receipts');
  const known = receipts.map((row) => row.mutation_id);
  expect(new Set(known).size).toBe(known.length);
  const made: string[] = [];
  for (const { store } of world.devices) {
    const entries = await store.db.outbox.toArray();
    expect(entries.filter((entry) => entry.state !== 'settled')).toEqual([]);
    expect(await store.db.events.count()).toBe(0);
    expect(await store.db.base_rows.count()).toBe(0);
    made.push(...entries.map((entry) => entry.mutation_id));
  }
  expect(known.sort()).toEqual(made.sort());
}

/** Every tablet shows what the server holds, tombstones included. */
export async function replicasConverge(world: World): Promise<void> {
  const shared = entityNames.filter((name) => !['conflicts', 'saved_views', 'import_batches'].includes(name));
  for (const entity of shared) {
    const server = await world.db.query(`select * from public.${entity} order by id`);
    const expected = server.map((row) => [row.id, Number(row.version), row.deleted_at === null]);
    for (const { name, store } of world.devices) {
      const rows = await store.db.rows(entity).orderBy('id').toArray();
      expect(
        rows.map((row) => [row.id, row.version, row.deleted_at === null]),
        `${entity} on ${name}`,
      ).toEqual(expected);
    }
    await sameValues(world, entity);
  }
}

async function sameValues(world: World, entity: EntityName): Promise<void> {
  const [first, ...others] = world.devices;
  const rowsOf = (device: Device) =>
    device.store.db.rows(entity).orderBy('id').toArray() as Promise<unknown> as Promise<Rows>;
  const expected = first && (await rowsOf(first));
  for (const other of others) expect(await rowsOf(other), `${entity} on ${other.name}`).toEqual(expected);
}

/** Each change of a row is one row of the log, each event is there once, and nobody else's. */
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
  const logged = await world.db.query<{ id: string }>(
    `select id from public.activity_logs where action = 'view'`,
  );
  expect(logged.map((row) => row.id).sort()).toEqual([...world.events].sort());
}

/** Whatever was not applied as its author wrote it is kept for its author. */
export async function nothingIsDropped(world: World): Promise<void> {
  const kept = await world.db.query<{ record_id: string; author_id: string }>(
    'select record_id, author_id from public.conflicts',
  );
  const keys = new Set(kept.map((row) => `${row.author_id} ${row.record_id}`));
  for (const { store, userId } of world.devices)
    for (const entry of await store.db.outbox.toArray())
      if (entry.result && !['applied', 'merged'].includes(entry.result.status))
        expect(keys, `${entry.op} of ${entry.entity}: ${entry.result.status}`).toContain(
          `${userId} ${entry.id}`,
        );
}

/** The words of a tablet's status, held against what the server knows. */
export async function saysOnlyWhatIsTrue(world: World, device: Device, failed: boolean): Promise<void> {
  const { db } = device.store;
  const entries = await db.outbox.toArray();
  const { text } = statusWords({
    pending: entries.filter((entry) => ['pending', 'reoffered'].includes(entry.state)).length,
    events: await db.events.count(),
    conflicts: 0,
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
}
