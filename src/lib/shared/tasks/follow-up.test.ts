import { expect, test } from 'vitest';
import type { Note } from '$lib/entities/note';
import { setCurrentStore } from '$lib/store/current';
import { testStore } from '$lib/store/test-store';
import { addFollowUp } from './follow-up';

test("a follow-up is one's own task about the record of the note", async () => {
  const store = await testStore();
  setCurrentStore(store);
  const deal_id = store.newId();
  const note = { body: `${'word '.repeat(40)}\nmore`, contact_id: null, company_id: null, deal_id } as Note;
  await addFollowUp(note, '2026-11-30');
  const [task] = await store.db.rows('tasks').toArray();
  expect(task).toMatchObject({ due_on: '2026-11-30', deal_id, assignee_id: store.userId, done_at: null });
  expect(task?.title).toMatch(/^Follow up: word .*word…$/);
  setCurrentStore(undefined);
});
