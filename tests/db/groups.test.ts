import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addMember, createDatabase, type Database } from './database';
import { mutation, push, statuses } from './rpc';

let db: Database;
let rep: string;
let other: string;

beforeAll(async () => {
  db = await createDatabase();
  rep = await addMember(db, 'rep');
  other = await addMember(db, 'rep');
});
afterAll(() => db.drop());

const exists = async (id: string) =>
  (await db.query('select from companies where id = $1', [id])).length === 1;

it('applies a group as a whole', async () => {
  const group_id = randomUUID();
  const pair = ['One', 'Two'].map((name) => mutation('companies', 'insert', { group_id, patch: { name } }));
  expect(await statuses(db, rep, pair)).toEqual(['applied', 'applied']);
});

it('rejects a whole group and names the bad mutation', async () => {
  const group_id = randomUUID();
  const group = ['One', '', 'Three'].map((name) =>
    mutation('companies', 'insert', { group_id, patch: { name } }),
  );
  const alone = mutation('companies', 'insert', { patch: { name: 'Alone' } });
  const reply = await push(db, rep, [...group.slice(0, 1), alone, ...group.slice(1)]);
  expect(reply.body.results.map((r: { status: string }) => r.status)).toEqual([
    'blocked',
    'applied',
    'rejected',
    'blocked',
  ]);
  expect(reply.body.results[0].error.code).toBe('group_failed');
  expect(reply.body.results[2].error).toMatchObject({ code: 'invalid_value', field: 'name' });
  expect(await Promise.all(group.map(({ id }) => exists(id)))).toEqual([false, false, false]);
  expect(await exists(alone.id)).toBe(true);
  const kept = await db.query('select kind from conflicts where record_id = any($1)', [
    group.map(({ id }) => id),
  ]);
  expect(kept.map(({ kind }) => kind).sort()).toEqual(['blocked', 'blocked', 'rejected']);
});

it('logs nothing of a failed group', async () => {
  const group_id = randomUUID();
  const group = ['One', ''].map((name) => mutation('companies', 'insert', { group_id, patch: { name } }));
  await statuses(db, rep, group);
  expect(
    await db.query('select from activity_logs where entity_id = any($1)', [group.map(({ id }) => id)]),
  ).toEqual([]);
});

it('keeps a group despite a field conflict inside it', async () => {
  const group_id = randomUUID();
  const company = mutation('companies', 'insert', { patch: { name: 'A' } });
  await statuses(db, rep, [company]);
  await statuses(db, other, [
    mutation('companies', 'update', { id: company.id, base: { name: 'A' }, patch: { name: 'X' } }),
  ]);
  const group = [
    mutation('companies', 'update', { group_id, id: company.id, base: { name: 'A' }, patch: { name: 'B' } }),
    mutation('companies', 'insert', { group_id, patch: { name: 'New' } }),
  ];
  expect(await statuses(db, rep, group)).toEqual(['conflict', 'applied']);
});

it('gives a repeated group the same answers', async () => {
  const group_id = randomUUID();
  const group = ['One', ''].map((name) => mutation('companies', 'insert', { group_id, patch: { name } }));
  const first = await push(db, rep, group);
  expect((await push(db, rep, group)).body.results).toEqual(first.body.results);
});
