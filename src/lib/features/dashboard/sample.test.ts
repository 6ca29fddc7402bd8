// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { registry, type EntityName } from '$lib/entities/registry';
import { setCurrentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { all } from '$lib/store/read';
import type { Store } from '$lib/store/store';
import { testStore } from '$lib/store/test-store';
import { hasNoRecords } from './first-queries';
import { addSample, removeSample, sampleMade } from './sample';

let store: Store;
beforeEach(async () => {
  localStorage.clear();
  store = await testStore();
  setCurrentStore(store);
});
afterEach(() => setCurrentStore(undefined));

test('adds complete sample records and hides the welcome', async () => {
  expect(await hasNoRecords()).toBe(true);
  await addSample();
  expect(await hasNoRecords()).toBe(false);
  for (const entity of ['companies', 'contacts', 'deals', 'notes', 'tasks'] satisfies EntityName[]) {
    const rows = await all(entity);
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows)
      for (const field of registry[entity].required) expect(Reflect.get(row, field)).toBeTruthy();
  }
});

test('removing the sample data keeps records that people added', async () => {
  await addSample();
  await mutate(store, [
    { op: 'insert', entity: 'contacts', id: store.newId(), values: { first_name: 'Mine' } },
  ]);
  await removeSample();
  expect((await all('contacts')).map(({ first_name }) => first_name)).toEqual(['Mine']);
  expect(await all('deals')).toEqual([]);
  expect(sampleMade(store.userId)).toEqual([]);
  const [mine] = await all('contacts');
  await mutate(store, [{ op: 'delete', entity: 'contacts', id: mine?.id ?? '' }]);
  expect(await hasNoRecords()).toBe(true);
});

test('removes the sample records of another release that it knows', async () => {
  const id = store.newId();
  const kept = [
    { entity: 'contacts', id, since: 1 },
    { entity: 'products', id: store.newId() },
    null,
    { id: 7 },
  ];
  localStorage.setItem(`atomic-crm:sample:${store.userId}`, JSON.stringify(kept));
  expect(sampleMade(store.userId)).toEqual([{ entity: 'contacts', id }]);
  for (const other of ['{"ids": []}', '7', 'null', '{half']) {
    localStorage.setItem(`atomic-crm:sample:${store.userId}`, other);
    expect(sampleMade(store.userId)).toEqual([]);
  }
});
