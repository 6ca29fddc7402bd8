import { afterAll, beforeAll, expect, it } from 'vitest';
import { addMember, createDatabase, type Database } from './database';
import { mutation, statuses } from './rpc';

let db: Database;
let ann: string;
let bob: string;

beforeAll(async () => {
  db = await createDatabase();
  ann = await addMember(db, 'rep');
  bob = await addMember(db, 'rep');
});
afterAll(() => db.drop());

const changes = async (id: string) =>
  (await db.query('select stage_changes from deals where id = $1', [id]))[0]?.stage_changes as {
    at: string;
    by: string;
    from: string;
    to: string;
  }[];
const move = (id: string, from: string, to: string, occurred_at?: string) => ({
  ...mutation('deals', 'update', { id, base: { stage: from }, patch: { stage: to } }),
  ...(occurred_at ? { occurred_at } : {}),
});

async function deal(): Promise<string> {
  const made = mutation('deals', 'insert', { patch: { name: 'Big' } });
  expect(await statuses(db, ann, [made])).toEqual(['applied']);
  return made.id;
}

it('records who moved a deal, when, and between which stages', async () => {
  const id = await deal();
  const earlier = new Date(Date.now() - 3_600_000).toISOString();
  await statuses(db, bob, [move(id, 'new_lead', 'closed_won', earlier)]);
  const [change] = await changes(id);
  expect(change).toMatchObject({ by: bob, from: 'new_lead', to: 'closed_won' });
  expect(Math.abs(Date.parse(change?.at ?? '') - Date.parse(earlier))).toBeLessThan(60_000);
});

it('records nothing for lost moves and other edits', async () => {
  const id = await deal();
  await statuses(db, ann, [move(id, 'new_lead', 'closed_won')]);
  expect(await statuses(db, bob, [move(id, 'new_lead', 'closed_lost')])).toEqual(['conflict']);
  await statuses(db, bob, [
    mutation('deals', 'update', { id, base: { source: null }, patch: { source: 'fair' } }),
  ]);
  expect(await changes(id)).toMatchObject([{ by: ann, to: 'closed_won' }]);
});

it('removes a move that the same person takes back within five minutes, and the log keeps both', async () => {
  const id = await deal();
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  await statuses(db, ann, [move(id, 'new_lead', 'demo_scheduled', ago(60))]);
  await statuses(db, ann, [move(id, 'demo_scheduled', 'closed_won', ago(50))]);
  await statuses(db, ann, [move(id, 'closed_won', 'demo_scheduled', ago(46))]);
  expect(await changes(id)).toMatchObject([{ by: ann, from: 'new_lead', to: 'demo_scheduled' }]);
  const log = await db.query(`select changes from activity_logs where entity_id = $1 and action = 'update'`, [
    id,
  ]);
  expect(log).toHaveLength(3);
  await statuses(db, ann, [move(id, 'demo_scheduled', 'new_lead', ago(20))]);
  await statuses(db, bob, [move(id, 'new_lead', 'demo_scheduled', ago(19))]);
  expect((await changes(id)).map(({ by, to }) => [by, to])).toEqual([
    [ann, 'demo_scheduled'],
    [ann, 'new_lead'],
    [bob, 'demo_scheduled'],
  ]);
});

it('records every deal of a bulk move, writable by no device', async () => {
  const ids = [await deal(), await deal(), await deal()];
  await statuses(
    db,
    ann,
    ids.map((id) => move(id, 'new_lead', 'demo_scheduled')),
  );
  for (const id of ids) expect(await changes(id)).toMatchObject([{ to: 'demo_scheduled' }]);
  const forged = mutation('deals', 'update', { id: ids[0], base: {}, patch: { stage_changes: [] } });
  expect(await statuses(db, ann, [forged])).toEqual(['rejected']);
});

it('stays out of the log and disappears with the tombstone', async () => {
  const id = await deal();
  await statuses(db, ann, [move(id, 'new_lead', 'closed_won'), mutation('deals', 'delete', { id })]);
  const [log] = await db.query(
    `select changes from activity_logs where entity_id = $1 and action = 'update'`,
    [id],
  );
  expect(log?.changes).toEqual({
    stage: { old: 'new_lead', new: 'closed_won' },
    closed_at: { old: null, new: expect.any(String) },
  });
  await db.query('alter table deals disable trigger stamp_record');
  await db.query(`update deals set deleted_at = now() - interval '31 days' where id = $1`, [id]);
  await db.query('alter table deals enable trigger stamp_record');
  await db.query('select private.enforce_retention()');
  expect(await changes(id)).toEqual([]);
});
