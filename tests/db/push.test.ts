import { afterAll, beforeAll, expect, it } from 'vitest';
import { addMember, createDatabase, type Database } from './database';
import { mutation, pull, push } from './rpc';

let db: Database;
let rep: string;

beforeAll(async () => {
  db = await createDatabase();
  rep = await addMember(db, 'rep');
});
afterAll(() => db.drop());

it('applies an insert and hands it out again', async () => {
  const insert = mutation('contacts', 'insert', {
    patch: { first_name: 'Ada', emails: [{ value: 'a@example.com', label: null }] },
  });
  const reply = await push(db, rep, [insert]);
  expect(reply).toEqual({
    status: 200,
    body: expect.objectContaining({
      results: [{ mutation_id: insert.mutation_id, status: 'applied', version: 1 }],
    }),
  });
  const { rows } = await pull(db, rep);
  expect(rows.contacts).toEqual([
    expect.objectContaining({ id: insert.id, first_name: 'Ada', created_by: rep, version: 1 }),
  ]);
});
