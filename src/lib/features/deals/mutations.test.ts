import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Deal, Stage } from '$lib/entities/deal';
import { setCurrentStore } from '$lib/store/current';
import { one } from '$lib/store/read';
import { openStore, type Store } from '$lib/store/store';
import { checkDeal, dealDraft, type DealDraft } from './draft';
import { keepLostReason, moveDeal } from '$lib/shared/pipeline/move';
import { remove, restore } from '$lib/shared/records/deleted';
import { archiveDeal, cloneDeal, saveDeal } from './mutations';
import { dealItems, dealRecord } from './queries';
import { stageDeals } from '$lib/shared/pipeline/stage-deals';

const at = new Date('2026-11-22T09:00:00.000Z');
let store: Store;

beforeEach(async () => {
  store = await openStore(crypto.randomUUID(), { clock: () => at });
  setCurrentStore(store);
});
afterEach(async () => {
  setCurrentStore(undefined);
  await store.db.delete();
});

const save = (values: Partial<DealDraft>) => saveDeal({ ...dealDraft(), ...values });
async function row(id: string): Promise<Deal> {
  const deal = await one('deals', id);
  if (!deal) throw new Error(`no deal ${id}`);
  return deal;
}
const order = async (stage: Stage) => (await stageDeals(stage)).map((deal) => deal.name);
const outbox = () => store.db.outbox.toArray();

test('puts a new deal first in its stage, with its typed values', async () => {
  await save({ name: 'Older' });
  const id = await save({
    name: ' Poke program ',
    amount: '1,200.50',
    tags: 'fish, rice',
    stage: 'new_lead',
  });
  expect(await order('new_lead')).toEqual(['Poke program', 'Older']);
  expect(await row(id)).toMatchObject({
    amount: 1200.5,
    currency: 'USD',
    tags: ['fish', 'rice'],
    closed_at: null,
  });
});

test('puts a moved deal first, as one mutation of nothing else', async () => {
  await save({ name: 'There before', stage: 'demo_scheduled' });
  const id = await save({ name: 'Poke program' });
  await moveDeal(await row(id), 'demo_scheduled');
  expect(await order('demo_scheduled')).toEqual(['Poke program', 'There before']);
  const [, , move] = await outbox();
  expect(Object.keys(move?.patch ?? {}).sort()).toEqual(['position', 'stage']);
  expect(move?.base).toMatchObject({ stage: 'new_lead' });
});

test('a deal dropped between two others stays between them', async () => {
  for (const name of ['c', 'b', 'a']) await save({ name, stage: 'feedback_logged' });
  const id = await save({ name: 'dropped' });
  await moveDeal(await row(id), 'feedback_logged', {
    ordered: await stageDeals('feedback_logged'),
    index: 2,
  });
  expect(await order('feedback_logged')).toEqual(['a', 'b', 'dropped', 'c']);
});

test('closing a deal clears its next action, and undo restores it', async () => {
  const planned = { next_action: 'Call the chef', next_action_on: '2026-11-30' };
  for (const stage of ['closed_won', 'closed_lost'] as const) {
    const id = await save({ name: 'Poke program', ...planned });
    const undo = await moveDeal(await row(id), stage);
    expect(await row(id)).toMatchObject({ stage, next_action: null, next_action_on: null });
    await undo();
    expect(await row(id)).toMatchObject({ stage: 'new_lead', closed_at: null, ...planned });
  }
  const id = await save({ name: 'Poke program', ...planned });
  await moveDeal(await row(id), 'demo_scheduled');
  expect(await row(id)).toMatchObject(planned);
});

test('closing sets the date, reopening clears date and reason, undo restores them', async () => {
  const id = await save({ name: 'Poke program' });
  await moveDeal(await row(id), 'closed_lost');
  await keepLostReason(id, ' Too dear ');
  const lost = await row(id);
  expect(lost).toMatchObject({ closed_at: at.toISOString(), lost_reason: 'Too dear' });
  const undo = await moveDeal(lost, 'awaiting_response');
  expect(await row(id)).toMatchObject({ stage: 'awaiting_response', closed_at: null, lost_reason: null });
  await undo();
  const { stage, position, closed_at, lost_reason } = lost;
  expect(await row(id)).toMatchObject({ stage, position, closed_at, lost_reason });
});

test('two devices that move different deals to the first place agree on the order', async () => {
  const ids = [await save({ name: 'one' }), await save({ name: 'two' })];
  const ordered = await stageDeals('closed_won');
  for (const id of ids) await moveDeal(await row(id), 'closed_won', { ordered, index: 0 });
  const positions = (await stageDeals('closed_won')).map((deal) => deal.position);
  expect(new Set(positions).size).toBe(2);
});

test('stores new companies with the deal or not at all', async () => {
  const principal = { id: null, text: 'Kikkoman' };
  const id = await save({ name: 'Soy', company: { id: null, text: 'Poke Bar' }, principal });
  const record = await dealRecord(id);
  expect([record?.company?.name, record?.principal?.name]).toEqual(['Poke Bar', 'Kikkoman']);
  const groups = new Set((await outbox()).map((entry) => entry.group_id));
  expect(groups.size).toBe(1);
  expect([...groups][0]).toBeDefined();
});

test('stores new people with the deal or not at all', async () => {
  const [ana, bo] = [store.newId(), store.newId()];
  const id = await save({
    name: 'Soy',
    company: { id: null, text: 'Poke Bar' },
    new_people: [
      { id: ana, name: 'Ana Maria Silva', email: ' ana@example.com ', phone: '' },
      { id: bo, name: 'Kim, Bo', email: '', phone: '044 1' },
    ],
  });
  const record = await dealRecord(id);
  expect(record?.contacts).toMatchObject([
    { id: ana, first_name: 'Ana Maria', last_name: 'Silva', emails: [{ value: 'ana@example.com' }] },
    { id: bo, first_name: 'Bo', last_name: 'Kim', emails: [], phones: [{ value: '044 1' }] },
  ]);
  expect(record?.contacts.every((row) => row.company_id === record.company?.id)).toBe(true);
  expect(record?.contacts.every((row) => row.owner_id === store.userId)).toBe(true);
  expect(new Set((await outbox()).map((entry) => entry.group_id)).size).toBe(1);
});

test('an invalid address of a new person prevents saving the deal', () => {
  const person = { id: 'p', name: 'Ana', email: 'ana@', phone: '' };
  expect(checkDeal({ ...dealDraft(), name: 'Soy', new_people: [person] })).toHaveProperty('p');
});

test('the same new name as company and principal makes one company', async () => {
  const choice = { id: null, text: 'Own Brand' };
  const record = await dealRecord(
    await save({ name: 'Own', company: choice, principal: { ...choice, text: 'own brand ' } }),
  );
  expect(record?.company?.id).toBe(record?.principal?.id);
  expect(await store.db.rows('companies').count()).toBe(1);
});

test('sends only changed fields, and a changed stage counts as a move', async () => {
  const id = await save({ name: 'Poke program', amount: '10' });
  const seen = await row(id);
  const draft = dealDraft(seen);
  await saveDeal({ ...draft, amount: '10.00', stage: 'closed_won' }, { draft, seen });
  const last = (await outbox()).at(-1);
  expect(Object.keys(last?.patch ?? {}).sort()).toEqual(['closed_at', 'position', 'stage']);
});

test('a copy is open and owned by its author', async () => {
  const id = await save({ name: 'Won before', stage: 'closed_won', amount: '5' });
  const before = await row(id);
  const copy = await row(await cloneDeal(before));
  expect(copy).toMatchObject({
    name: 'Won before (copy)',
    stage: 'new_lead',
    amount: 5,
    owner_id: store.userId,
  });
  expect(copy.closed_at).toBeNull();
  expect(await row(id)).toEqual(before);
});

test('archived and deleted deals can be restored unchanged', async () => {
  const id = await save({ name: 'Poke program', stage: 'demo_scheduled' });
  await archiveDeal(await row(id), true);
  expect((await row(id)).archived_at).toBe(at.toISOString());
  await archiveDeal(await row(id), false);
  await remove('deals', id);
  expect(await dealItems()).toEqual([]);
  await restore('deals', id);
  expect((await dealItems()).map(({ deal }) => [deal.stage, deal.archived_at])).toEqual([
    ['demo_scheduled', null],
  ]);
});

test('dates of a deal have a year from 1900 to 2199, typed with two digits or four', async () => {
  const id = await save({ name: 'Poke', expected_close_on: '0026-12-03', next_action_on: '2026-12-01' });
  expect(await row(id)).toMatchObject({ expected_close_on: '2026-12-03', next_action_on: '2026-12-01' });
  const draft = {
    ...dealDraft(),
    name: 'Poke',
    expected_close_on: '9999-01-01',
    next_action_on: '0206-01-01',
  };
  expect(Object.keys(checkDeal(draft))).toEqual(['expected_close_on', 'next_action_on']);
});

test('the copy of a long name ends before a sign that does not fit', async () => {
  const id = await save({ name: `${'d'.repeat(289)}👨‍👩‍👧eeeee` });
  const copy = await row(await cloneDeal(await row(id)));
  expect(copy.name).toBe(`${'d'.repeat(289)} (copy)`);
});
