import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember, createDatabase, type Database } from './database';
import { mutation, pull, push, statuses, type Mutation } from './rpc';

let db: Database;
let ann: string;
let bob: string;

beforeAll(async () => {
  db = await createDatabase();
  ann = await addMember(db, 'rep');
  bob = await addMember(db, 'rep');
});
afterAll(() => db.drop());

async function insert(entity: string, patch: Record<string, unknown>): Promise<string> {
  const made = mutation(entity, 'insert', { patch });
  expect(await statuses(db, ann, [made])).toEqual(['applied']);
  return made.id;
}

const edit = (entity: string, id: string, base: Record<string, unknown>, patch: Record<string, unknown>) =>
  mutation(entity, 'update', { id, base, base_version: 1, patch });

const row = async (entity: string, id: string) =>
  (await db.query(`select to_jsonb(t) as row from ${entity} t where id = $1`, [id]))[0]?.row as Record<
    string,
    unknown
  >;

const kept = (id: string) =>
  db.query(
    `select kind, field, base, mine, theirs, theirs_by, patch, author_id, mutation_id from conflicts
     where record_id = $1 order by created_at, field`,
    [id],
  );

describe('two people edit one record', () => {
  it('different fields: both stand', async () => {
    const id = await insert('contacts', { first_name: 'Ada', title: 'Chef' });
    await statuses(db, bob, [edit('contacts', id, { title: 'Chef' }, { title: 'Head chef' })]);
    expect(
      await statuses(db, ann, [edit('contacts', id, { first_name: 'Ada' }, { first_name: 'Adah' })]),
    ).toEqual(['merged']);
    expect(await row('contacts', id)).toMatchObject({ first_name: 'Adah', title: 'Head chef', version: 3 });
    expect(await kept(id)).toEqual([]);
  });

  it('the same field: theirs stands, mine is kept with who changed it', async () => {
    const id = await insert('contacts', { first_name: 'Ada', title: 'Chef' });
    await statuses(db, bob, [edit('contacts', id, { title: 'Chef' }, { title: 'Head chef' })]);
    const mine = edit('contacts', id, { title: 'Chef', city: null }, { title: 'Owner', city: 'Berlin' });
    expect(await statuses(db, ann, [mine])).toEqual(['conflict']);
    expect(await row('contacts', id)).toMatchObject({ title: 'Head chef', city: 'Berlin' });
    expect(await kept(id)).toEqual([
      {
        kind: 'field',
        field: 'title',
        base: 'Chef',
        mine: 'Owner',
        theirs: 'Head chef',
        theirs_by: bob,
        patch: { title: 'Owner' },
        author_id: ann,
        mutation_id: mine.mutation_id,
      },
    ]);
  });

  it('the same field to the same value: nothing to decide', async () => {
    const id = await insert('deals', { name: 'Big', amount: 100 });
    await statuses(db, bob, [edit('deals', id, { amount: 100 }, { amount: 250.5 })]);
    expect(await statuses(db, ann, [edit('deals', id, { amount: 100.0 }, { amount: '250.50' })])).toEqual([
      'applied',
    ]);
    expect(await kept(id)).toEqual([]);
  });

  it('open questions about one field fold: oldest base, newest mine', async () => {
    const id = await insert('contacts', { first_name: 'Ada', title: 'A' });
    await statuses(db, bob, [edit('contacts', id, { title: 'A' }, { title: 'X' })]);
    const first = edit('contacts', id, { title: 'A' }, { title: 'B' });
    const second = edit('contacts', id, { title: 'B' }, { title: 'C' });
    expect(await statuses(db, ann, [first, second])).toEqual(['conflict', 'conflict']);
    const conflicts = await kept(id);
    expect(conflicts).toHaveLength(1);
    expect(conflicts[0]).toMatchObject({
      base: 'A',
      mine: 'C',
      theirs: 'X',
      mutation_id: second.mutation_id,
    });
  });

  it('a value emptied by both sides to different ends is a conflict, not a loss', async () => {
    const id = await insert('contacts', { first_name: 'Ada', title: 'A' });
    await statuses(db, bob, [edit('contacts', id, { title: 'A' }, { title: null })]);
    expect(await statuses(db, ann, [edit('contacts', id, { title: 'A' }, { title: 'B' })])).toEqual([
      'conflict',
    ]);
    expect((await kept(id))[0]).toMatchObject({ mine: 'B', theirs: null });
  });
});

describe('what became of the record', () => {
  it('an edit of a deleted record is kept, and a restoration brings it back with the edit', async () => {
    const id = await insert('contacts', { first_name: 'Ada', title: 'A' });
    await statuses(db, bob, [mutation('contacts', 'delete', { id })]);
    expect(await statuses(db, ann, [edit('contacts', id, { title: 'A' }, { title: 'B' })])).toEqual([
      'conflict',
    ]);
    expect(await kept(id)).toMatchObject([{ kind: 'deleted', patch: { title: 'B' }, theirs_by: bob }]);
    expect(await statuses(db, ann, [mutation('contacts', 'restore', { id, patch: { title: 'B' } })])).toEqual(
      ['applied'],
    );
    expect(await row('contacts', id)).toMatchObject({ title: 'B', deleted_at: null });
  });

  it('deleting what somebody edited since applies', async () => {
    const id = await insert('contacts', { first_name: 'Ada', title: 'A' });
    await statuses(db, bob, [edit('contacts', id, { title: 'A' }, { title: 'B' })]);
    expect(await statuses(db, ann, [mutation('contacts', 'delete', { id, base_version: 1 })])).toEqual([
      'applied',
    ]);
    expect((await row('contacts', id)).deleted_at).not.toBeNull();
  });

  it('deleting twice is deleting once', async () => {
    const id = await insert('contacts', { first_name: 'Ada' });
    const deletes = [ann, bob].map(() => mutation('contacts', 'delete', { id }));
    expect(await statuses(db, ann, deletes.slice(0, 1))).toEqual(['applied']);
    expect(await statuses(db, bob, deletes.slice(1))).toEqual(['applied']);
    expect(await row('contacts', id)).toMatchObject({ version: 2 });
  });

  it('inserting what exists: equal is applied, different is a conflict', async () => {
    const id = await insert('contacts', { first_name: 'Ada', title: 'A' });
    const same = mutation('contacts', 'insert', { id, patch: { first_name: 'Ada', title: 'A' } });
    const other = mutation('contacts', 'insert', { id, patch: { first_name: 'Ada', title: 'B' } });
    expect(await statuses(db, bob, [same, other])).toEqual(['applied', 'conflict']);
    expect(await kept(id)).toMatchObject([{ field: 'title', mine: 'B', theirs: 'A', author_id: bob }]);
  });

  it('a record nobody knows is not found', async () => {
    const reply = await push(db, ann, [mutation('contacts', 'update', { patch: { title: 'x' } })]);
    expect(reply.body.results[0]).toMatchObject({ status: 'rejected', error: { code: 'not_found' } });
  });
});

describe('merge rules', () => {
  const contact = { first_name: 'Ada' };
  const both = async (
    entity: string,
    start: Record<string, unknown>,
    theirs: Mutation['patch'],
    mine: Mutation['patch'],
  ) => {
    const id = await insert(entity, start);
    await statuses(db, bob, [edit(entity, id, start, theirs ?? {})]);
    const [status] = await statuses(db, ann, [edit(entity, id, start, mine ?? {})]);
    return { status, row: await row(entity, id), conflicts: await kept(id) };
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

  it('contact_ids: both additions stand', async () => {
    const [one, two] = [await insert('contacts', contact), await insert('contacts', contact)];
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

  it('phones: a number removed here and relabelled there is a conflict', async () => {
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
    'a field edited without having been seen clashes with what stands there, %i in a row',
    async (count) => {
      const ids = [];
      for (let i = 0; i < count; i += 1) ids.push(await insert('contacts', { ...contact, title: 'A' }));
      for (const base_version of [7, null, undefined]) {
        const blind = ids.map((id) =>
          mutation('contacts', 'update', { id, base_version, patch: { title: 'B' } }),
        );
        expect(await statuses(db, ann, blind)).toEqual(ids.map(() => 'conflict'));
      }
    },
  );
});

describe('an inbox', () => {
  it("is its author's alone, and a decision reaches the author's other devices", async () => {
    const id = await insert('contacts', { first_name: 'Ada', title: 'A' });
    await statuses(db, bob, [edit('contacts', id, { title: 'A' }, { title: 'X' })]);
    const before = await pull(db, ann);
    await statuses(db, ann, [edit('contacts', id, { title: 'A' }, { title: 'B' })]);
    const [conflict] = (await pull(db, ann, before.cursor)).rows.conflicts ?? [];
    expect(conflict).toMatchObject({ record_id: id, mine: 'B' });
    expect((await pull(db, bob)).rows.conflicts ?? []).not.toContainEqual(
      expect.objectContaining({ record_id: id }),
    );
    const decide = mutation('conflicts', 'update', {
      id: conflict?.id as string,
      patch: { resolved_at: new Date().toISOString(), resolution: 'theirs' },
    });
    expect(await statuses(db, bob, [{ ...decide, mutation_id: crypto.randomUUID() }])).toEqual(['rejected']);
    expect(await statuses(db, ann, [decide])).toEqual(['merged']);
    const [log] = await db.query('select action, user_id from activity_logs where entity_id = $1', [
      conflict?.id,
    ]);
    expect(log).toEqual({ action: 'resolve', user_id: ann });
  });

  it('goes to the managers when its author leaves', async () => {
    const [leaver, manager, admin] = [
      await addMember(db, 'rep'),
      await addMember(db, 'manager'),
      await addMember(db, 'admin'),
    ];
    const bad = mutation('companies', 'insert', { patch: { name: '' } });
    await statuses(db, leaver, [bad]);
    const { cursor, rows } = await pull(db, manager);
    expect(rows.conflicts ?? []).toEqual([]);
    const leave = mutation('members', 'update', {
      id: leaver,
      base: { active: true },
      patch: { active: false },
    });
    expect(await statuses(db, admin, [leave])).toEqual(['merged']);
    const [conflict] = (await pull(db, manager, cursor)).rows.conflicts ?? [];
    expect(conflict).toMatchObject({ record_id: bad.id, author_id: leaver });
    const decide = { resolved_at: new Date().toISOString(), resolution: 'discarded' };
    expect(
      await statuses(db, manager, [
        mutation('conflicts', 'update', { id: conflict?.id as string, patch: decide }),
      ]),
    ).toEqual(['merged']);
    const promoted = await pull(db, ann);
    await statuses(db, leaver, []).catch(() => undefined);
    const second = mutation('members', 'update', {
      id: ann,
      base: { role: 'rep' },
      patch: { role: 'manager' },
    });
    await db.query('update conflicts set resolved_at = null, resolution = null where id = $1', [
      conflict?.id,
    ]);
    expect(await statuses(db, admin, [second])).toEqual(['merged']);
    expect((await pull(db, ann, promoted.cursor)).rows.conflicts).toContainEqual(
      expect.objectContaining({ record_id: bad.id }),
    );
  });
});
