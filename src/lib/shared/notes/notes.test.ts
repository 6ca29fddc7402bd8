import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Stage } from '$lib/entities/deal';
import { setCurrentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { one } from '$lib/store/read';
import { openStore, type Store } from '$lib/store/store';
import { taskDraft } from '$lib/shared/tasks/draft';
import { saveTask, setTaskDone } from '$lib/shared/tasks/mutations';
import { addNote, changeNote, deleteNote, restoreNote } from './mutations';
import { timeline } from './queries';
import { withoutUndone } from './stage-changes';

let minutes = 0;
let store: Store;

beforeEach(async () => {
  const clock = () => new Date(Date.UTC(2026, 10, 22, 9, ++minutes));
  store = await openStore(crypto.randomUUID(), { clock });
  setCurrentStore(store);
});
afterEach(async () => {
  setCurrentStore(undefined);
  await store.db.delete();
});

const insert = async (entity: 'contacts' | 'companies' | 'deals', values: object): Promise<string> => {
  const id = store.newId();
  await mutate(store, [{ op: 'insert', entity, id, values }]);
  return id;
};
const bodies = async (subject: Parameters<typeof timeline>[0]) =>
  (await timeline(subject)).map((entry) =>
    entry.kind === 'note'
      ? entry.note.body
      : entry.kind === 'task'
        ? entry.task.title
        : `${entry.change.from} to ${entry.change.to}`,
  );

test('a note belongs to its record, with author and time', async () => {
  const contact_id = await insert('contacts', { last_name: 'Silva' });
  const id = await addNote({ contact_id }, { kind: 'call', body: 'Wants a tasting' });
  expect(await one('notes', id)).toMatchObject({
    kind: 'call',
    contact_id,
    company_id: null,
    deal_id: null,
    author_id: store.userId,
    occurred_at: expect.stringMatching(/^2026-11-22T09:/),
  });
});

test('the timeline shows notes and completed tasks, newest first', async () => {
  const contact_id = await insert('contacts', { last_name: 'Silva' });
  const subject = { contact_id };
  await saveTask({ ...taskDraft(), title: 'Open', subject });
  const done = await saveTask({ ...taskDraft(), title: 'Done', subject });
  await addNote(subject, { kind: 'note', body: 'Before' });
  await setTaskDone(done, true);
  await addNote(subject, { kind: 'note', body: 'After' });
  expect(await bodies(subject)).toEqual(['After', 'Done', 'Before']);
});

test('a company shows the history of its people and deals, and no other', async () => {
  const company_id = await insert('companies', { name: 'Casa Verde' });
  const contact_id = await insert('contacts', { first_name: 'Ana', last_name: 'Silva', company_id });
  const bought = await insert('deals', { name: 'Menu', company_id });
  const sold = await insert('deals', { name: 'Trial', principal_id: company_id });
  const stranger = await insert('contacts', { last_name: 'Roy' });
  await addNote({ company_id }, { kind: 'note', body: 'own' });
  await addNote({ contact_id }, { kind: 'note', body: 'person' });
  await addNote({ deal_id: bought }, { kind: 'note', body: 'deal' });
  await addNote({ deal_id: sold }, { kind: 'note', body: 'principal' });
  await addNote({ contact_id: stranger }, { kind: 'note', body: 'stranger' });
  const entries = await timeline({ company_id });
  expect(entries.map(({ about }) => about?.label)).toEqual(['Trial', 'Menu', 'Ana Silva', undefined]);
  expect(entries[2]?.about?.href).toBe(`/contacts/${contact_id}`);
});

test('shows a move at once, and only once while the answer arrives', async () => {
  const company_id = await insert('companies', { name: 'Casa Verde' });
  const id = await insert('deals', { name: 'Menu', company_id });
  await mutate(store, [{ op: 'update', entity: 'deals', id, values: { stage: 'closed_won' } }]);
  expect(await bodies({ company_id })).toEqual(['new_lead to closed_won']);
  const [, , entry] = await store.db.outbox.toArray();
  if (!entry) throw new Error('the move is missing');
  await store.db.outbox.update(entry.seq, {
    state: 'acknowledged',
    result: { status: 'applied', version: 2 },
  });
  expect(await bodies({ deal_id: id })).toEqual(['new_lead to closed_won']);
  // The pull has brought the row, and settles the entry only with a later page.
  const row = await one('deals', id);
  if (!row) throw new Error('the deal is missing');
  const change = { at: entry.occurred_at, by: store.userId, from: 'new_lead', to: 'closed_won' } as const;
  const pulled = { ...row, version: 2, stage_changes: [change] };
  await store.db.rows('deals').put(pulled);
  await store.db.base_rows.put({ entity: 'deals', id, row: pulled });
  expect(await bodies({ deal_id: id })).toEqual(['new_lead to closed_won']);
});

test('shows neither an undone move nor its undoing', async () => {
  const id = await insert('deals', { name: 'Menu' });
  await mutate(store, [{ op: 'update', entity: 'deals', id, values: { stage: 'closed_won' } }]);
  await mutate(store, [{ op: 'update', entity: 'deals', id, values: { stage: 'new_lead' } }]);
  expect(await bodies({ deal_id: id })).toEqual([]);
  await mutate(store, [{ op: 'update', entity: 'deals', id, values: { stage: 'demo_scheduled' } }]);
  expect(await bodies({ deal_id: id })).toEqual(['new_lead to demo_scheduled']);
});

test('a move back by somebody else, or later, is a move', () => {
  const change = (by: string, minute: number, from: Stage, to: Stage) => ({
    at: new Date(Date.UTC(2026, 10, 22, 9, minute)).toISOString(),
    ...{ by, from, to },
  });
  const away = change('ann', 0, 'new_lead', 'closed_won');
  const further = change('ann', 1, 'closed_won', 'closed_lost');
  const back = (by: string, minute: number) => change(by, minute, 'closed_won', 'new_lead');
  expect(withoutUndone([away, back('ann', 5)])).toEqual([]);
  expect(withoutUndone([away, back('bob', 1)])).toHaveLength(2);
  expect(withoutUndone([away, back('ann', 6)])).toHaveLength(2);
  expect(withoutUndone([away, further, change('ann', 2, 'closed_lost', 'closed_won')])).toEqual([away]);
});

test('does not show a move that lost a conflict', async () => {
  const id = await insert('deals', { name: 'Menu' });
  await mutate(store, [{ op: 'update', entity: 'deals', id, values: { stage: 'closed_won' } }]);
  await store.db.outbox
    .where('state')
    .equals('pending')
    .modify({ state: 'acknowledged', result: { status: 'conflict', version: 3 } });
  expect(await bodies({ deal_id: id })).toEqual([]);
});

test('a deleted note leaves the timeline and comes back with Undo', async () => {
  const contact_id = await insert('contacts', { last_name: 'Silva' });
  const id = await addNote({ contact_id }, { kind: 'note', body: 'Wrong person' });
  await deleteNote(id);
  expect(await bodies({ contact_id })).toEqual([]);
  await restoreNote(id);
  expect(await bodies({ contact_id })).toEqual(['Wrong person']);
});

test('a changed note sends the text that was seen as its base', async () => {
  const contact_id = await insert('contacts', { last_name: 'Silva' });
  const id = await addNote({ contact_id }, { kind: 'note', body: 'Tusday' });
  const seen = await one('notes', id);
  if (!seen) throw new Error('the note is missing');
  await changeNote(seen, { kind: 'note', body: 'Tuesday' });
  expect((await store.db.outbox.toArray()).at(-1)).toMatchObject({
    base: { body: 'Tusday' },
    patch: { body: 'Tuesday' },
  });
});

test('refuses a note of five megabytes and stores nothing', async () => {
  const contact_id = await insert('contacts', { last_name: 'Silva' });
  const refused = addNote({ contact_id }, { kind: 'note', body: 'x'.repeat(5_000_000) });
  await expect(refused).rejects.toMatchObject({ code: 'too_long' });
  expect(await bodies({ contact_id })).toEqual([]);
});
