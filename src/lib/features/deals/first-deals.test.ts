import { afterEach, beforeEach, expect, test } from 'vitest';
import { stages } from '$lib/entities/deal';
import { setCurrentStore } from '$lib/store/current';
import { openStore, type Store } from '$lib/store/store';
import { mutate } from '$lib/store/write';
import { byStage, filterDeals } from './filter';
import { dealItems, firstDeals } from './queries';
import { sortDeals } from './sort';

let store: Store;

beforeEach(async () => {
  store = await openStore(crypto.randomUUID());
  setCurrentStore(store);
  const company = store.newId();
  await mutate(store, [
    { op: 'insert', entity: 'companies', id: company, values: { name: 'Chez Inès' } },
    ...['a1', null, 'a0', 'Zz', 'a1', null].flatMap((position) =>
      (['demo_scheduled', 'new_lead', 'closed_lost'] as const).map((stage) => ({
        op: 'insert' as const,
        entity: 'deals' as const,
        id: store.newId(),
        values: {
          name: 'Menu',
          stage,
          position,
          company_id: company,
          archived_at: position === 'Zz' ? '2026-11-20T08:00:00.000Z' : null,
        },
      })),
    ),
  ]);
});
afterEach(async () => {
  setCurrentStore(undefined);
  await store.db.delete();
});

const shown = async () => filterDeals(await dealItems(), { text: '' });

test('the first screen of the list is its beginning', async () => {
  const list = sortDeals(await shown(), { by: 'stage', down: false });
  expect(list).toHaveLength(15);
  expect(await firstDeals('list', 7)).toEqual(list.slice(0, 7));
  expect(await firstDeals('list', 100)).toEqual(list);
});

test('the first screen of the board is the beginning of each stage', async () => {
  const all = byStage(await shown());
  const first = byStage((await firstDeals('board', 2)) ?? []);
  for (const stage of stages) expect(first[stage], stage).toEqual(all[stage].slice(0, 2));
});
