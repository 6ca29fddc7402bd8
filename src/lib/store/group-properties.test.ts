import fc from 'fast-check';
import { expect, test } from 'vitest';
import { discardMutation } from './discard';
import { mutate } from './write';
import type { Edit } from '$lib/entities/mutation';
import { testStore } from './test-store';

/** Saves of up to four edits; `bad` ones name a record that is on no device. */
const save = fc.record({
  edits: fc.array(
    fc.record({ record: fc.nat({ max: 2 }), title: fc.constantFrom('a', 'b', 'c'), bad: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
});
const saves = fc.array(save, { minLength: 1, maxLength: 5 });
type Saves = { edits: { record: number; title: string; bad: boolean }[] }[];

async function withContacts() {
  const store = await testStore();
  const ids = [store.newId(), store.newId(), store.newId()];
  await mutate(
    store,
    ids.map((id): Edit => ({ op: 'insert', entity: 'contacts', id, values: { first_name: 'Ana' } })),
  );
  await store.db.outbox.clear();
  await store.db.base_rows.clear();
  const run = (all: Saves) =>
    Promise.allSettled(
      all.map(({ edits }) =>
        mutate(
          store,
          edits.map(({ record, title, bad }): Edit => ({
            op: 'update',
            entity: 'contacts',
            id: bad ? store.newId() : (ids[record] ?? ''),
            values: { title },
          })),
          { group: true },
        ),
      ),
    );
  const titles = async () => (await store.db.rows('contacts').bulkGet(ids)).map((row) => row?.title ?? null);
  return { store, run, titles };
}

test('of a group all is stored or nothing, whatever else is saved at the same moment', async () => {
  await fc.assert(
    fc.asyncProperty(saves, async (all) => {
      const { store, run, titles } = await withContacts();
      const outcomes = await run(all);
      const good = all.filter(({ edits }) => edits.every(({ bad }) => !bad));
      expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual(
        all.map((each) => good.includes(each)),
      );
      const shown: (string | null)[] = [null, null, null];
      for (const { record, title } of good.flatMap(({ edits }) => edits)) shown[record] = title;
      expect(await titles()).toEqual(shown);
      const entries = await store.db.outbox.toArray();
      const groups = new Set(entries.flatMap(({ group_id }) => group_id ?? []));
      expect(groups.size).toBeLessThanOrEqual(good.filter(({ edits }) => edits.length > 1).length);
    }),
    { numRuns: 40 },
  );
});

test('discarding any part of a group leaves no other part, and shows the record without any of it', async () => {
  await fc.assert(
    fc.asyncProperty(saves, fc.nat(), async (all, pick) => {
      const { store, run } = await withContacts();
      await run(all.map(({ edits }) => ({ edits: edits.map((edit) => ({ ...edit, bad: false })) })));
      const before = await store.db.outbox.toArray();
      fc.pre(before.length > 0);
      const chosen = before[pick % before.length];
      await discardMutation(store, chosen?.seq ?? 0);
      const left = await store.db.outbox.toArray();
      const gone = (entry: (typeof before)[number]) =>
        entry.seq === chosen?.seq || (entry.group_id !== undefined && entry.group_id === chosen?.group_id);
      expect(left.map(({ seq }) => seq)).toEqual(
        before.filter((entry) => !gone(entry)).map(({ seq }) => seq),
      );
      const based = await store.db.base_rows.toArray();
      expect(based.map(({ id }) => id).sort()).toEqual([...new Set(left.map(({ id }) => id))].sort());
    }),
    { numRuns: 40 },
  );
});
