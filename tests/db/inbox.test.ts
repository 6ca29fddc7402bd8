import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember } from './database';
import { mutation, pull, statuses } from './rpc';
import { edit, TwoPeople } from './two-people';

let people: TwoPeople;

beforeAll(async () => {
  people = await TwoPeople.meet();
});
afterAll(() => people.db.drop());

it("shows a conflict and its decision only on its author's devices", async () => {
  const { db, ann, bob } = people;
  const id = await people.insert('contacts', { first_name: 'Ada', title: 'A' });
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

describe('of someone who leaves', () => {
  const update = (id: string, base: object, patch: object) =>
    mutation('members', 'update', { id, base: { ...base }, patch: { ...patch } });
  const leave = (id: string) => update(id, { active: true }, { active: false });
  const promote = (id: string) => update(id, { role: 'rep' }, { role: 'manager' });

  /** A rep with one decided and one open conflict; returns the ids of their records. */
  async function leaver() {
    const { db } = people;
    const id = await addMember(db, 'rep');
    const bad = [1, 2].map(() => mutation('companies', 'insert', { patch: { name: '' } }));
    await statuses(db, id, bad);
    const conflicts = (await pull(db, id)).rows.conflicts ?? [];
    const [decided, open] = bad.map((made) => made.id) as [string, string];
    const about = conflicts.find((row) => row.record_id === decided);
    const patch = { resolved_at: new Date().toISOString(), resolution: 'discarded' };
    await statuses(db, id, [mutation('conflicts', 'update', { id: about?.id as string, patch })]);
    return { id, decided, open };
  }

  const abouts = (rows: Record<string, unknown>[] = []) => rows.map((row) => row.record_id as string);

  it('goes to the managers, who decide the open conflicts', async () => {
    const { db } = people;
    const [manager, admin] = [await addMember(db, 'manager'), await addMember(db, 'admin')];
    const { id, open } = await leaver();
    const { cursor, rows } = await pull(db, manager);
    expect(rows.conflicts ?? []).toEqual([]);
    expect(await statuses(db, admin, [leave(id)])).toEqual(['merged']);
    const handed = (await pull(db, manager, cursor)).rows.conflicts ?? [];
    const about = handed.find((row) => row.record_id === open);
    expect(about).toMatchObject({ author_id: id, resolved_at: null });
    const patch = { resolved_at: new Date().toISOString(), resolution: 'discarded' };
    expect(
      await statuses(db, manager, [mutation('conflicts', 'update', { id: about?.id as string, patch })]),
    ).toEqual(['merged']);
  });

  it('goes to managers completely, by delta and first pull alike', async () => {
    const { db } = people;
    const [manager, admin] = [await addMember(db, 'manager'), await addMember(db, 'admin')];
    const { id, decided, open } = await leaver();
    const { cursor } = await pull(db, manager);
    await statuses(db, admin, [leave(id)]);
    const delta = abouts((await pull(db, manager, cursor)).rows.conflicts);
    expect(delta.sort()).toEqual([decided, open].sort());
    expect(abouts((await pull(db, manager)).rows.conflicts)).toEqual(expect.arrayContaining(delta));
  });

  it('goes completely to new and returning managers', async () => {
    const { db } = people;
    const [rep, away, admin] = [
      await addMember(db, 'rep'),
      await addMember(db, 'manager'),
      await addMember(db, 'admin'),
    ];
    const { id, decided, open } = await leaver();
    const cursors = [(await pull(db, rep)).cursor, (await pull(db, away)).cursor] as const;
    await statuses(db, admin, [leave(away), leave(id)]);
    await statuses(db, admin, [promote(rep), update(away, { active: false }, { active: true })]);
    for (const [manager, cursor] of [
      [rep, cursors[0]],
      [away, cursors[1]],
    ] as const)
      expect(abouts((await pull(db, manager, cursor)).rows.conflicts)).toEqual(
        expect.arrayContaining([decided, open]),
      );
  });

  it('does not reach colleagues who are not managers', async () => {
    const { db } = people;
    const [rep, admin] = [await addMember(db, 'rep'), await addMember(db, 'admin')];
    const { id, decided, open } = await leaver();
    const { cursor } = await pull(db, rep);
    await statuses(db, admin, [leave(id)]);
    const brought = abouts((await pull(db, rep, cursor)).rows.conflicts);
    expect(brought.filter((about) => about === decided || about === open)).toEqual([]);
  });
});
