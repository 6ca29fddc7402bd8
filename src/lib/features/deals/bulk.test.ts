import { expect, test } from 'vitest';
import type { Deal } from '$lib/entities/deal';
import { setCurrentStore } from '$lib/store/current';
import { testStore } from '$lib/store/test-store';
import { archiveDeals, moveDeals } from './bulk';
import { dealDraft } from './draft';
import { saveDeal } from './mutations';
import { stageDeals } from '$lib/shared/pipeline/stage-deals';

async function threeDeals() {
  const store = await testStore();
  setCurrentStore(store);
  const ids: string[] = [];
  for (const name of ['c', 'b', 'a']) ids.unshift(await saveDeal({ ...dealDraft(), name }));
  await saveDeal({ ...dealDraft(), name: 'there', stage: 'closed_won' });
  const rows = async () => (await store.db.rows('deals').bulkGet(ids)) as Deal[];
  return { store, rows };
}
const names = async (stage: Deal['stage']) => (await stageDeals(stage)).map(({ name }) => name);

test('deals moved together keep their order, and undo restores each place', async () => {
  const { store, rows } = await threeDeals();
  const before = await rows();
  const { count, undo } = await moveDeals([...before, ...(await stageDeals('closed_won'))], 'closed_won');
  expect(count).toBe(3);
  expect(await names('closed_won')).toEqual(['a', 'b', 'c', 'there']);
  expect((await rows()).every(({ closed_at }) => closed_at)).toBe(true);
  await undo();
  expect(await names('new_lead')).toEqual(['a', 'b', 'c']);
  expect((await rows()).map(({ closed_at, position }) => [closed_at, position])).toEqual(
    before.map(({ closed_at, position }) => [closed_at, position]),
  );
  expect(await store.db.outbox.count()).toBe(10);
});

test('undo restores all deals that were archived together', async () => {
  const { rows } = await threeDeals();
  const { undo } = await archiveDeals(await rows(), true);
  expect((await rows()).every(({ archived_at }) => archived_at)).toBe(true);
  await undo();
  expect((await rows()).some(({ archived_at }) => archived_at)).toBe(false);
});
