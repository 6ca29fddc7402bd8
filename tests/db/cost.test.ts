import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addMember, createDatabase, type Database } from './database';
import { mutation, push, rpc, type Reply } from './rpc';

let db: Database;
let rep: string;
beforeAll(async () => {
  db = await createDatabase();
  rep = await addMember(db, 'rep');
});
afterAll(() => db.drop());

const pull = (cursor: string | null): Promise<Reply> =>
  rpc(db, rep, 'sync_pull', { protocol: 1, client_id: randomUUID(), cursor, page: null, limit: 2000 });

test('answers a sync without changes in under half a kilobyte', async () => {
  const { body } = await pull(null);
  const nothing = await pull(body.cursor as string);
  expect(nothing.body.changes).toEqual([]);
  expect(JSON.stringify(nothing.body).length).toBeLessThan(500);
});

test('adds only a part of a bulk push’s cost for the log', async () => {
  const ids = Array.from({ length: 500 }, () => randomUUID());
  const all = (op: string, patch: (index: number) => Record<string, unknown>) =>
    ids.map((id, index) =>
      mutation('companies', op, { id, base_version: op === 'insert' ? 0 : null, patch: patch(index) }),
    );
  await push(
    db,
    rep,
    all('insert', (index) => ({ name: `Company ${index}` })),
  );
  let round = 0;
  const once = async () => {
    round += 1;
    const seen = await db.query<{ id: string; city: string | null }>('select id, city from public.companies');
    const cities = new Map(seen.map(({ id, city }) => [id, city]));
    const edits = ids.map((id) =>
      mutation('companies', 'update', {
        id,
        base: { city: cities.get(id) },
        patch: { city: `City ${round}` },
      }),
    );
    const start = performance.now();
    const { body } = await push(db, rep, edits);
    const took = performance.now() - start;
    expect(body.results.every(({ status }: { status: string }) => status !== 'rejected')).toBe(true);
    return took;
  };
  // Alternates, so that other load on the machine slows both down, and compares the best of each.
  let [logged, bare] = [Infinity, Infinity];
  for (let each = 0; each < 6; each++) {
    logged = Math.min(logged, await once());
    await db.query('alter table public.companies disable trigger log_updates');
    bare = Math.min(bare, await once());
    await db.query('alter table public.companies enable trigger log_updates');
  }
  // The bench's limit is half as much again; the margin is for a machine that is busy with other work.
  expect(logged).toBeLessThan(bare * 3);
});
