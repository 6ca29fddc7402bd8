import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { addMember, createDatabase } from './database';
import { mutation, pull, rpc, statuses } from './rpc';

interface Held {
  id: string;
  version: number;
  deleted_at: string | null;
}

/** The digest that a device computes from its rows. */
function digestOf(rows: Held[]) {
  const live = rows.filter((row) => row.deleted_at === null);
  let ids = 0;
  let versions = 0;
  for (const { id, version } of live) {
    const tail = parseInt(id.slice(-8), 16);
    ids = (ids + tail) % 2 ** 32;
    versions = (versions + ((tail % 65_536) + 1) * (version % 65_536)) % 2 ** 32;
  }
  return { count: live.length, ids, versions };
}

it('agrees only with a device that has every row and version', async () => {
  const db = await createDatabase();
  const rep = await addMember(db, 'rep');
  const inserts = Array.from({ length: 50 }, (_, i) =>
    mutation('contacts', 'insert', { patch: { first_name: `Ada ${i}` } }),
  );
  await statuses(db, rep, inserts);
  await statuses(
    db,
    rep,
    inserts
      .slice(0, 20)
      .map(({ id }) =>
        mutation('contacts', 'update', { id, base: { title: null }, patch: { title: 'Chef' } }),
      ),
  );
  await statuses(
    db,
    rep,
    inserts.slice(40).map(({ id }) => mutation('contacts', 'delete', { id })),
  );
  await statuses(db, rep, [mutation('saved_views', 'insert', { patch: { entity: 'deals', name: 'Mine' } })]);
  const { body } = await rpc(db, rep, 'digest', { protocol: 1, client_id: randomUUID() });
  const { rows } = await pull(db, rep);
  const held = (entity: string) => (rows[entity] ?? []) as unknown as Held[];
  expect(body.digests).toEqual(
    [
      'members',
      'maintenance_windows',
      'contacts',
      'companies',
      'deals',
      'notes',
      'tasks',
      'saved_views',
      'import_batches',
      'conflicts',
    ].map((entity) => ({ entity, ...digestOf(held(entity)) })),
  );
  const contacts = body.digests.find(({ entity }: { entity: string }) => entity === 'contacts');
  expect(contacts.count).toBe(40);
  const live = held('contacts').filter((row) => row.deleted_at === null);
  expect(digestOf(live.slice(1))).not.toEqual(contacts);
  const [first, ...rest] = live as [Held, ...Held[]];
  expect(digestOf([{ ...first, version: first.version + 1 }, ...rest]).versions).not.toBe(contacts.versions);
  await db.drop();
});
