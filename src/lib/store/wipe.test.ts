import { expect, test } from 'vitest';
import { entityNames } from '$lib/entities/registry';
import { recordEvent } from './events';
import { clientId, writeMeta } from './meta';
import { mutate } from './mutate';
import { testStore } from './test-store';
import { clearWorkingSet } from './wipe';

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
  await clearWorkingSet(db);
  expect(await db.meta.toArray()).toEqual([{ key: 'client_id', value: client }]);
  expect((await db.events.toArray()).map(({ action }) => action)).toEqual(['sign_out']);
  for (const table of [...entityNames.map((name) => db.rows(name)), db.outbox, db.base_rows])
    expect(await table.count(), table.name).toBe(0);
});
