import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember, createDatabase, type Database } from './database';
import { mutation, push, statuses } from './rpc';

let db: Database;
let rep: string;

beforeAll(async () => {
  db = await createDatabase();
  rep = await addMember(db, 'rep');
});
afterAll(() => db.drop());

async function insert(entity: string, patch: Record<string, unknown>): Promise<string> {
  const made = mutation(entity, 'insert', { patch });
  expect(await statuses(db, rep, [made])).toEqual(['applied']);
  return made.id;
}

const row = async (entity: string, id: string) =>
  (await db.query(`select to_jsonb(t) as row from ${entity} t where id = $1`, [id]))[0]?.row as Record<
    string,
    unknown
  >;

const merge = (entity: string, into: string, from: string[], choices: Record<string, unknown> = {}) =>
  mutation(entity, 'merge', { id: into, into, from, choices });

describe('merging contacts', () => {
  it('moves notes, tasks and deals, and combines the fields', async () => {
    const into = await insert('contacts', {
      first_name: 'Ada',
      title: 'Chef',
      tags: ['a'],
      emails: [{ value: 'a@example.com', label: null }],
    });
    const from = await insert('contacts', {
      first_name: 'Adah',
      title: 'Owner',
      city: 'Berlin',
      tags: ['b'],
      emails: [{ value: 'b@example.com', label: 'Work' }],
    });
    const note = await insert('notes', { body: 'Called', contact_id: from });
    const task = await insert('tasks', { title: 'Call', contact_id: from });
    const deal = await insert('deals', { name: 'Big', contact_ids: [from, into] });
    expect(await statuses(db, rep, [merge('contacts', into, [from], { title: from })])).toEqual(['applied']);
    expect(await row('contacts', into)).toMatchObject({
      first_name: 'Ada',
      title: 'Owner',
      city: 'Berlin',
      tags: ['a', 'b'],
      emails: [{ value: 'a@example.com' }, { value: 'b@example.com' }],
      deleted_at: null,
    });
    expect(await row('contacts', from)).toMatchObject({ merged_into: into, deleted_at: expect.any(String) });
    expect((await row('notes', note)).contact_id).toBe(into);
    expect((await row('tasks', task)).contact_id).toBe(into);
    expect((await row('deals', deal)).contact_ids).toEqual([into]);
    const [log] = await db.query('select changes from activity_logs where entity_id = $1 and action = $2', [
      from,
      'merge',
    ]);
    expect(log).toMatchObject({ changes: { merged_into: { old: null, new: into } } });
  });

  it('is undone in one push, with references to the restored record', async () => {
    const [into, from] = [
      await insert('contacts', { first_name: 'Ada' }),
      await insert('contacts', { first_name: 'Bea' }),
    ];
    const note = await insert('notes', { body: 'Called', contact_id: from });
    const deal = await insert('deals', { name: 'Big', contact_ids: [from] });
    await statuses(db, rep, [merge('contacts', into, [from])]);
    const back = [
      mutation('contacts', 'restore', { id: from }),
      mutation('notes', 'update', { id: note, base: { contact_id: into }, patch: { contact_id: from } }),
      mutation('deals', 'update', {
        id: deal,
        base: { contact_ids: [into] },
        patch: { contact_ids: [from] },
      }),
    ];
    await statuses(db, rep, back);
    expect(await row('contacts', from)).toMatchObject({ merged_into: null, deleted_at: null });
    expect((await row('notes', note)).contact_id).toBe(from);
    expect((await row('deals', deal)).contact_ids).toEqual([from]);
  });

  it('redirects later changes to the merged record', async () => {
    const [into, from] = [
      await insert('contacts', { first_name: 'Ada' }),
      await insert('contacts', { first_name: 'Bea' }),
    ];
    const note = mutation('notes', 'insert', { patch: { body: 'Late', contact_id: from } });
    const deal = mutation('deals', 'insert', { patch: { name: 'Late', contact_ids: [from] } });
    const edit = mutation('contacts', 'update', { id: from, base: { city: null }, patch: { city: 'Oslo' } });
    expect(await statuses(db, rep, [merge('contacts', into, [from]), note, deal, edit])).toEqual([
      'applied',
      'applied',
      'applied',
      'merged',
    ]);
    expect((await row('notes', note.id)).contact_id).toBe(into);
    expect((await row('deals', deal.id)).contact_ids).toEqual([into]);
    expect(await row('contacts', into)).toMatchObject({ city: 'Oslo' });
  });

  it('follows a chain of merges to its end', async () => {
    const ids = await Promise.all(['A', 'B', 'C'].map((first_name) => insert('contacts', { first_name })));
    const [a, b, c] = ids as [string, string, string];
    await statuses(db, rep, [merge('contacts', b, [a])]);
    await statuses(db, rep, [merge('contacts', c, [b])]);
    const note = await insert('notes', { body: 'Late', contact_id: a });
    expect((await row('notes', note)).contact_id).toBe(c);
  });

  it('keeps a conflict about a record merged elsewhere', async () => {
    const ids = await Promise.all(['A', 'B', 'C'].map((first_name) => insert('contacts', { first_name })));
    const [a, b, c] = ids as [string, string, string];
    await statuses(db, rep, [merge('contacts', b, [a])]);
    expect(await statuses(db, rep, [merge('contacts', c, [a])])).toEqual(['conflict']);
    expect((await row('contacts', a)).merged_into).toBe(b);
  });

  it('is undone by restoring the merged record', async () => {
    const [into, from] = [
      await insert('contacts', { first_name: 'Ada' }),
      await insert('contacts', { first_name: 'Bea' }),
    ];
    await statuses(db, rep, [merge('contacts', into, [from])]);
    expect(await statuses(db, rep, [mutation('contacts', 'restore', { id: from })])).toEqual(['applied']);
    expect(await row('contacts', from)).toMatchObject({
      first_name: 'Bea',
      merged_into: null,
      deleted_at: null,
    });
  });

  it('keeps what others attach at the same moment', async () => {
    const others = await Promise.all(Array.from({ length: 8 }, () => addMember(db, 'rep')));
    const [into, from] = [
      await insert('contacts', { first_name: 'Ada' }),
      await insert('contacts', { first_name: 'Bea' }),
    ];
    const notes = others.map((author) => ({
      author,
      note: mutation('notes', 'insert', { patch: { body: 'Now', contact_id: from } }),
    }));
    const attach = ({ author, note }: (typeof notes)[number]) => push(db, author, [note]);
    const replies = await Promise.all([
      ...notes.slice(0, 4).map(attach),
      push(db, rep, [merge('contacts', into, [from])]),
      ...notes.slice(4).map(attach),
    ]);
    expect(replies.map(({ status }) => status)).toEqual(Array(9).fill(200));
    const attached = await db.query('select distinct contact_id from notes where id = any($1)', [
      notes.map(({ note }) => note.id),
    ]);
    expect(attached).toEqual([{ contact_id: into }]);
  });
});

describe('merging companies', () => {
  it('moves people, deals of both kinds, notes and tasks', async () => {
    const [into, from] = [
      await insert('companies', { name: 'One' }),
      await insert('companies', { name: 'Two' }),
    ];
    const contact = await insert('contacts', { first_name: 'Ada', company_id: from });
    const deal = await insert('deals', { name: 'Big', company_id: from, principal_id: from });
    const note = await insert('notes', { body: 'x', company_id: from });
    const task = await insert('tasks', { title: 'x', company_id: from });
    expect(await statuses(db, rep, [merge('companies', into, [from])])).toEqual(['applied']);
    expect(await row('deals', deal)).toMatchObject({ company_id: into, principal_id: into });
    for (const [entity, id] of [
      ['contacts', contact],
      ['notes', note],
      ['tasks', task],
    ] as const)
      expect((await row(entity, id)).company_id).toBe(into);
  });
});

it.each([
  ['into itself', (a: string) => merge('contacts', a, [a])],
  ['of nothing', (a: string) => merge('contacts', a, [])],
  ['of notes', (a: string, b: string) => merge('notes', a, [b])],
  ['of something unknown', (a: string) => merge('contacts', a, [crypto.randomUUID()])],
])('a merge %s is refused and kept as a conflict', async (_name, make) => {
  const [a, b] = [
    await insert('contacts', { first_name: 'Ada' }),
    await insert('contacts', { first_name: 'Bea' }),
  ];
  const bad = make(a, b);
  expect(await statuses(db, rep, [bad])).toEqual(['rejected']);
  expect(await db.query('select from conflicts where mutation_id = $1', [bad.mutation_id])).toHaveLength(1);
  expect(await row('contacts', a)).toMatchObject({ deleted_at: null });
});
