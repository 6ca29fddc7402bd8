import { expect, test } from 'vitest';
import type { Conflict } from '$lib/entities/conflict';
import { conflictRow, memberRow } from '$lib/entities/test-rows';
import { setCurrentStore } from '$lib/store/current';
import { testStore } from '$lib/store/test-store';
import { openQuestion } from './open-question';

const record_id = '01930000-0000-7000-8000-000000000001';

/** `me` in a conflict is the person of the device. */
async function question(...conflicts: Partial<Conflict>[]) {
  const store = await testStore();
  setCurrentStore(store);
  await store.db.rows('members').put(memberRow({ id: 'manager', full_name: 'Mia Manager' }));
  const own = (id: string | null | undefined) => (id === 'me' ? store.userId : (id ?? null));
  await store.db.rows('conflicts').bulkPut(
    conflicts.map((conflict) =>
      conflictRow({
        record_id,
        ...conflict,
        author_id: conflict.author_id ?? store.userId,
        theirs_by: own(conflict.theirs_by),
      }),
    ),
  );
  return openQuestion(record_id);
}

const at = '2026-11-21T08:00:00.000Z';

test('says who changed a field and when', async () => {
  expect(await question({ field: 'phones', theirs_by: 'manager', theirs_at: at })).toEqual({
    what: 'Mia Manager changed the phone',
    at,
    kept: 'Your change is saved too.',
    more: 0,
  });
});

test.each<[string, Partial<Conflict>, object]>([
  [
    'one self, elsewhere',
    { field: 'title', theirs_by: 'me' },
    { what: 'You (on another device) changed the title' },
  ],
  ['somebody unknown here', { field: 'city', theirs_by: null }, { what: 'Someone else changed the city' }],
  [
    'a deletion',
    { kind: 'deleted', entity: 'contacts', theirs_by: 'manager' },
    { what: 'Mia Manager deleted this contact' },
  ],
  ['a refusal', { kind: 'rejected' }, { what: 'Your change was not applied', at: null }],
  [
    'the change of somebody who left',
    { field: 'title', theirs_by: 'me', author_id: 'manager' },
    { kept: 'The change by Mia Manager is saved too.' },
  ],
])('describes: %s', async (_, conflict, words) => {
  expect(await question(conflict)).toMatchObject(words);
});

test('describes the newest, counts the others, and skips resolved ones', async () => {
  const told = await question(
    { field: 'title', theirs_by: 'manager', theirs_at: '2026-11-21T07:00:00.000Z' },
    { field: 'city', theirs_by: 'manager', theirs_at: at },
    { field: 'country', theirs_by: 'manager', theirs_at: '2026-11-22T08:00:00.000Z', resolved_at: at },
  );
  expect(told).toMatchObject({ what: 'Mia Manager changed the city', more: 1 });
  expect(await question({ field: 'title', resolved_at: at })).toBeNull();
});
