import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutation, statuses, type Mutation } from './rpc';
import { edit, TwoPeople } from './two-people';

let people: TwoPeople;

beforeAll(async () => {
  people = await TwoPeople.meet();
});
afterAll(() => people.db.drop());

describe('merge rules', () => {
  const contact = { first_name: 'Ada' };
  const both = async (
    entity: string,
    start: Record<string, unknown>,
    theirs: Mutation['patch'],
    mine: Mutation['patch'],
  ) => {
    const id = await people.insert(entity, start);
    await statuses(people.db, people.bob, [edit(entity, id, start, theirs ?? {})]);
    const [status] = await statuses(people.db, people.ann, [edit(entity, id, start, mine ?? {})]);
    return { status, row: await people.row(entity, id), conflicts: await people.kept(id) };
  };

  it('tags: additions and removals of both sides merge', async () => {
    const result = await both(
      'contacts',
      { ...contact, tags: ['a', 'b'] },
      { tags: ['a', 'b', 'c'] },
      { tags: ['b', 'd'] },
    );
    expect(result).toMatchObject({ status: 'merged', row: { tags: ['b', 'c', 'd'] }, conflicts: [] });
  });

  it('contact_ids: both additions are kept', async () => {
    const [one, two] = [await people.insert('contacts', contact), await people.insert('contacts', contact)];
    const result = await both(
      'deals',
      { name: 'Big', contact_ids: [] },
      { contact_ids: [one] },
      { contact_ids: [two] },
    );
    expect(result.row.contact_ids).toEqual([one, two]);
  });

  it('emails: entries merge by address', async () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => ({ value: `${name}@example.com`, label: null }));
    const result = await both(
      'contacts',
      { ...contact, emails: [a, b] },
      { emails: [a, b, c] },
      { emails: [b, d] },
    );
    expect(result).toMatchObject({ status: 'merged', row: { emails: [b, c, d] }, conflicts: [] });
  });

  it('phones: a label changed on both sides is a conflict, the rest merges', async () => {
    const start = { ...contact, phones: [{ value: '1', label: null }] };
    const result = await both(
      'contacts',
      start,
      { phones: [{ value: '1', label: 'Work' }] },
      {
        phones: [
          { value: '1', label: 'Home' },
          { value: '2', label: null },
        ],
      },
    );
    expect(result.status).toBe('conflict');
    expect(result.row.phones).toEqual([
      { value: '1', label: 'Work' },
      { value: '2', label: null },
    ]);
    expect(result.conflicts).toMatchObject([{ field: 'phones' }]);
  });

  it('phones: removing and relabeling one number conflict', async () => {
    const start = { ...contact, phones: [{ value: '1', label: null }] };
    const result = await both('contacts', start, { phones: [{ value: '1', label: 'Work' }] }, { phones: [] });
    expect(result).toMatchObject({ status: 'conflict', row: { phones: [{ value: '1', label: 'Work' }] } });
  });

  it('done_at: the last to arrive wins', async () => {
    const result = await both(
      'tasks',
      { title: 'Call', done_at: null },
      { done_at: '2026-01-01T10:00:00Z' },
      { done_at: '2026-01-02T10:00:00Z' },
    );
    expect(result).toMatchObject({
      status: 'merged',
      row: { done_at: '2026-01-02T10:00:00+00:00' },
      conflicts: [],
    });
  });

  it('position: the last to arrive wins, but only if its stage applies', async () => {
    const start = { name: 'Big', stage: 'new_lead', position: 'a' };
    expect(await both('deals', start, { position: 'b' }, { position: 'c' })).toMatchObject({
      status: 'merged',
      row: { position: 'c' },
    });
    const clash = await both(
      'deals',
      start,
      { stage: 'closed_won', position: 'b' },
      { stage: 'closed_lost', position: 'c' },
    );
    expect(clash).toMatchObject({ status: 'conflict', row: { stage: 'closed_won', position: 'b' } });
    expect(clash.conflicts).toMatchObject([
      { field: 'stage', patch: { stage: 'closed_lost', position: 'c' } },
    ]);
  });

  it.each([1, 2])(
    'a field edited without having been seen conflicts with its value, %i in a row',
    async (count) => {
      const ids = [];
      for (let i = 0; i < count; i += 1)
        ids.push(await people.insert('contacts', { ...contact, title: 'A' }));
      for (const base_version of [7, null, undefined]) {
        const blind = ids.map((id) =>
          mutation('contacts', 'update', { id, base_version, patch: { title: 'B' } }),
        );
        expect(await statuses(people.db, people.ann, blind)).toEqual(ids.map(() => 'conflict'));
      }
    },
  );
});
