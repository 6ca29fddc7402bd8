import { afterEach, beforeEach, expect, test } from 'vitest';
import { setCurrentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { testStore } from '$lib/store/test-store';
import { tagCompletions, valuesInUse } from './values-in-use';

beforeEach(async () => {
  const store = await testStore();
  setCurrentStore(store);
  const companies = ['Hotel', ' Bistro', 'Bistro', null].map((segment, n) => ({
    op: 'insert' as const,
    entity: 'companies' as const,
    id: store.newId(),
    values: { name: `No ${n}`, segment, tags: n < 2 ? ['vip'] : ['vip', 'new'] },
  }));
  await mutate(store, companies);
});
afterEach(() => setCurrentStore(undefined));

test('suggests values in use, the most frequent first', async () => {
  expect(await valuesInUse('companies.segment')).toEqual(['Bistro', 'Hotel']);
  expect(await valuesInUse('companies.tags')).toEqual(['vip', 'new']);
  expect(await valuesInUse('deals.source')).toEqual([]);
});

test('suggests no tag that is already there', () => {
  expect(tagCompletions('', ['vip', 'new'])).toEqual(['vip', 'new']);
  expect(tagCompletions('vip, n', ['vip', 'new'])).toEqual(['vip, new']);
});
