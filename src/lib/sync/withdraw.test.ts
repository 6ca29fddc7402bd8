import { expect, test } from 'vitest';
import { testStore } from '$lib/store/test-store';
import { withdrawn } from './withdraw';

type Member = { id: string; role: string; active?: boolean };

/** The conflicts of a leaver, a colleague and somebody unknown that a person's device drops. */
async function dropped(me: Omit<Member, 'id'> | undefined): Promise<string[]> {
  const store = await testStore();
  const members: Member[] = [
    { id: 'leaver', role: 'rep', active: false },
    { id: 'colleague', role: 'rep' },
    ...(me ? [{ id: store.userId, ...me }] : []),
  ];
  await store.db.table('members').bulkPut(members.map((member) => ({ active: true, ...member })));
  const authors = ['leaver', 'colleague', 'unknown', store.userId];
  await store.db
    .table('conflicts')
    .bulkPut(authors.map((author_id) => ({ id: `of ${author_id}`, author_id })));
  return withdrawn(store);
}

test('a manager keeps what leavers left behind, and hands back what belongs to people who are there', async () => {
  for (const role of ['manager', 'admin']) expect(await dropped({ role })).toEqual(['of colleague']);
});

test('who manages nobody keeps nothing of others', async () => {
  for (const role of ['rep', 'read_only'])
    expect(await dropped({ role })).toEqual(['of colleague', 'of leaver', 'of unknown']);
});

test('a device that does not know its person yet concludes nothing about leavers', async () => {
  expect(await dropped(undefined)).toEqual(['of colleague']);
});
