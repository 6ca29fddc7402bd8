import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutation, push, statuses } from './rpc';
import { edit, TwoPeople } from './two-people';

let people: TwoPeople;

beforeAll(async () => {
  people = await TwoPeople.meet();
});
afterAll(() => people.db.drop());

describe('two people edit one record', () => {
  it('different fields: both are kept', async () => {
    const id = await people.insert('contacts', { first_name: 'Ada', title: 'Chef' });
    await statuses(people.db, people.bob, [edit('contacts', id, { title: 'Chef' }, { title: 'Head chef' })]);
    expect(
      await statuses(people.db, people.ann, [
        edit('contacts', id, { first_name: 'Ada' }, { first_name: 'Adah' }),
      ]),
    ).toEqual(['merged']);
    expect(await people.row('contacts', id)).toMatchObject({
      first_name: 'Adah',
      title: 'Head chef',
      version: 3,
    });
    expect(await people.kept(id)).toEqual([]);
  });

  it('the same field: theirs applies, mine becomes a conflict', async () => {
    const id = await people.insert('contacts', { first_name: 'Ada', title: 'Chef' });
    await statuses(people.db, people.bob, [edit('contacts', id, { title: 'Chef' }, { title: 'Head chef' })]);
    const mine = edit('contacts', id, { title: 'Chef', city: null }, { title: 'Owner', city: 'Berlin' });
    expect(await statuses(people.db, people.ann, [mine])).toEqual(['conflict']);
    expect(await people.row('contacts', id)).toMatchObject({ title: 'Head chef', city: 'Berlin' });
    expect(await people.kept(id)).toEqual([
      {
        kind: 'field',
        field: 'title',
        base: 'Chef',
        mine: 'Owner',
        theirs: 'Head chef',
        theirs_by: people.bob,
        patch: { title: 'Owner' },
        author_id: people.ann,
        mutation_id: mine.mutation_id,
      },
    ]);
  });

  it('the same field to the same value: no conflict', async () => {
    const id = await people.insert('deals', { name: 'Big', amount: 100 });
    await statuses(people.db, people.bob, [edit('deals', id, { amount: 100 }, { amount: 250.5 })]);
    expect(
      await statuses(people.db, people.ann, [edit('deals', id, { amount: 100.0 }, { amount: '250.50' })]),
    ).toEqual(['applied']);
    expect(await people.kept(id)).toEqual([]);
  });

  it('open conflicts about one field merge: oldest base, newest mine', async () => {
    const id = await people.insert('contacts', { first_name: 'Ada', title: 'A' });
    await statuses(people.db, people.bob, [edit('contacts', id, { title: 'A' }, { title: 'X' })]);
    const first = edit('contacts', id, { title: 'A' }, { title: 'B' });
    const second = edit('contacts', id, { title: 'B' }, { title: 'C' });
    expect(await statuses(people.db, people.ann, [first, second])).toEqual(['conflict', 'conflict']);
    const conflicts = await people.kept(id);
    expect(conflicts).toHaveLength(1);
    expect(conflicts[0]).toMatchObject({
      base: 'A',
      mine: 'C',
      theirs: 'X',
      mutation_id: second.mutation_id,
    });
  });

  it('different ways of emptying a value conflict', async () => {
    const id = await people.insert('contacts', { first_name: 'Ada', title: 'A' });
    await statuses(people.db, people.bob, [edit('contacts', id, { title: 'A' }, { title: null })]);
    expect(
      await statuses(people.db, people.ann, [edit('contacts', id, { title: 'A' }, { title: 'B' })]),
    ).toEqual(['conflict']);
    expect((await people.kept(id))[0]).toMatchObject({ mine: 'B', theirs: null });
  });
});

describe('deleted, existing and unknown records', () => {
  it('an edit of a deleted record is kept for its restoration', async () => {
    const id = await people.insert('contacts', { first_name: 'Ada', title: 'A' });
    await statuses(people.db, people.bob, [mutation('contacts', 'delete', { id })]);
    expect(
      await statuses(people.db, people.ann, [edit('contacts', id, { title: 'A' }, { title: 'B' })]),
    ).toEqual(['conflict']);
    expect(await people.kept(id)).toMatchObject([
      { kind: 'deleted', patch: { title: 'B' }, theirs_by: people.bob },
    ]);
    expect(
      await statuses(people.db, people.ann, [mutation('contacts', 'restore', { id, patch: { title: 'B' } })]),
    ).toEqual(['applied']);
    expect(await people.row('contacts', id)).toMatchObject({ title: 'B', deleted_at: null });
  });

  it('deleting a record that someone edited since applies', async () => {
    const id = await people.insert('contacts', { first_name: 'Ada', title: 'A' });
    await statuses(people.db, people.bob, [edit('contacts', id, { title: 'A' }, { title: 'B' })]);
    expect(
      await statuses(people.db, people.ann, [mutation('contacts', 'delete', { id, base_version: 1 })]),
    ).toEqual(['applied']);
    expect((await people.row('contacts', id)).deleted_at).not.toBeNull();
  });

  it('deleting twice has the effect of deleting once', async () => {
    const id = await people.insert('contacts', { first_name: 'Ada' });
    const deletes = [people.ann, people.bob].map(() => mutation('contacts', 'delete', { id }));
    expect(await statuses(people.db, people.ann, deletes.slice(0, 1))).toEqual(['applied']);
    expect(await statuses(people.db, people.bob, deletes.slice(1))).toEqual(['applied']);
    expect(await people.row('contacts', id)).toMatchObject({ version: 2 });
  });

  it('inserting an existing record applies if equal, else conflicts', async () => {
    const id = await people.insert('contacts', { first_name: 'Ada', title: 'A' });
    const same = mutation('contacts', 'insert', { id, patch: { first_name: 'Ada', title: 'A' } });
    const other = mutation('contacts', 'insert', { id, patch: { first_name: 'Ada', title: 'B' } });
    expect(await statuses(people.db, people.bob, [same, other])).toEqual(['applied', 'conflict']);
    expect(await people.kept(id)).toMatchObject([
      { field: 'title', mine: 'B', theirs: 'A', author_id: people.bob },
    ]);
  });

  it('an unknown record is not found', async () => {
    const reply = await push(people.db, people.ann, [
      mutation('contacts', 'update', { patch: { title: 'x' } }),
    ]);
    expect(reply.body.results[0]).toMatchObject({ status: 'rejected', error: { code: 'not_found' } });
  });
});
