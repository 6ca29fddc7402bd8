import { expect, test } from 'vitest';
import { setCurrentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { testStore } from '$lib/store/test-store';
import { addNote } from '$lib/shared/notes/mutations';
import { taskDraft } from '$lib/shared/tasks/draft';
import { saveTask, setTaskDone } from '$lib/shared/tasks/mutations';
import { waiting } from './queries';

test('a changed note or task names its record', async () => {
  const store = await testStore();
  setCurrentStore(store);
  const [contact_id, deal_id] = [store.newId(), store.newId()];
  await mutate(store, [
    { op: 'insert', entity: 'contacts', id: contact_id, values: { first_name: 'Ana', last_name: 'Silva' } },
    { op: 'insert', entity: 'deals', id: deal_id, values: { name: 'Poke program' } },
  ]);
  await addNote({ contact_id }, { kind: 'call', body: 'Wants a tasting' });
  await setTaskDone(await saveTask({ ...taskDraft(), title: 'Send samples', subject: { deal_id } }), true);
  const { items } = await waiting();
  const told = items.map(({ sentence, about }) => [
    sentence.before,
    sentence.name,
    about?.label,
    about?.href,
  ]);
  expect(told).toEqual([
    ['Added the contact', 'Ana Silva', undefined, undefined],
    ['Added the deal', 'Poke program', undefined, undefined],
    ['Added the note', 'Wants a tasting', 'Ana Silva', `/contacts/${contact_id}`],
    ['Added the task', 'Send samples', 'Poke program', `/deals/${deal_id}`],
    ['Completed', 'Send samples', 'Poke program', `/deals/${deal_id}`],
  ]);
});
