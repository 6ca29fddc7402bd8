import { v7 } from 'uuid';
import { expect, onTestFinished, test } from 'vitest';
import { entityNames } from '$lib/entities/registry';
import { recordEvent } from './events';
import { clientId, writeMeta } from './meta';
import { mutate } from './write';
import { testStore } from './test-store';
import { openStore } from './store';
import { clearWorkingSet, deleteWorkingSet } from './wipe';

test('who signs out without a network leaves unsent events and the name of the device behind, and nothing else', async () => {
  const store = await testStore();
  const { db, userId } = store;
  const client = await clientId(db, store.newId);
  await mutate(store, [
    { op: 'insert', entity: 'contacts', id: store.newId(), values: { first_name: 'Mara' } },
  ]);
  await writeMeta(db, 'cursor', 'here');
  await db.meta.put({ key: 'import_rows:1', value: [['Mara']] });
  await db.meta.put({ key: 'activity_log_page', value: { entries: [], fetched_at: '' } });
  await recordEvent(store, { action: 'sign_out', entity_type: 'members', entity_id: userId });
  expect(await clearWorkingSet(db)).toBe('unsent');
  await db.outbox.toCollection().modify({ state: 'acknowledged' });
  expect(await clearWorkingSet(db)).toBe(1);
  expect(await db.meta.toArray()).toEqual([{ key: 'client_id', value: client }]);
  expect((await db.events.toArray()).map(({ action }) => action)).toEqual(['sign_out']);
  for (const table of [...entityNames.map((name) => db.rows(name)), db.outbox, db.base_rows])
    expect(await table.count(), table.name).toBe(0);
});

const mara = { first_name: 'Mara' };

test('what another tab saves after the check stays on the device', async () => {
  const userId = v7();
  const [here, elsewhere] = await Promise.all([openStore(userId), openStore(userId)]);
  onTestFinished(() => elsewhere.db.close());
  expect(await clearWorkingSet(here.db)).toBe(0);
  here.db.close();
  await mutate(elsewhere, [{ op: 'insert', entity: 'contacts', id: elsewhere.newId(), values: mara }]);
  await deleteWorkingSet(userId);
  const again = await openStore(userId);
  onTestFinished(() => again.db.close());
  expect(await again.db.outbox.count()).toBe(1);
  expect(await again.db.rows('contacts').count()).toBe(1);
});

test('a tab that is still open cannot save to a deleted database', async () => {
  const userId = v7();
  const [here, elsewhere] = await Promise.all([openStore(userId), openStore(userId)]);
  await clearWorkingSet(here.db);
  here.db.close();
  await deleteWorkingSet(userId);
  const saving = mutate(elsewhere, [
    { op: 'insert', entity: 'contacts', id: elsewhere.newId(), values: mara },
  ]);
  await expect(saving).rejects.toMatchObject({ code: 'storage_unavailable' });
  expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain(`atomic-crm:${userId}`);
});
