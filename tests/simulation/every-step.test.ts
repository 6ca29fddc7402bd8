import { afterAll, beforeAll, expect, test } from 'vitest';
import { entityNames } from '$lib/entities/registry';
import { Day } from './day';
import type { Device } from './device';
import { arm, disarm, type FaultKind } from './faults';

let day: Day;
let end: unknown;

beforeAll(async () => {
  day = await Day.prepare();
  const device = await day.begin();
  expect(await device.sync()).toEqual({ failure: undefined });
  await device.sync();
  end = await state(device);
  device.switchOff();
});
afterAll(() => day.db.drop());

const times = [
  'created_at',
  'made_at',
  'updated_at',
  'deleted_at',
  'blanked_at',
  'theirs_at',
  'occurred_at',
  'xid',
  'theirs',
];

/** The state apart from the time it was stored: equal after every recovery. */
function timeless(row: object): unknown {
  const kept = Object.entries(row).filter(([field]) => !times.includes(field));
  return { ...Object.fromEntries(kept), deleted: Reflect.get(row, 'deleted_at') !== null };
}

const sorted = (rows: unknown[]) => rows.map((row) => JSON.stringify(row)).sort();

async function state({ store: { db } }: Device): Promise<unknown> {
  const tablet: Record<string, unknown> = {};
  for (const entity of entityNames) {
    const rows = await db.rows(entity).toArray();
    tablet[entity] = sorted(rows.map((row) => timeless(entity === 'conflicts' ? { ...row, id: '' } : row)));
  }
  const server: Record<string, unknown> = {};
  for (const entity of entityNames) {
    const rows = await day.db.query(`select * from public.${entity}`);
    server[entity] = sorted(rows.map((row) => timeless(entity === 'conflicts' ? { ...row, id: '' } : row)));
  }
  const outbox = await db.outbox.toArray();
  return {
    tablet,
    server,
    outbox: outbox.map(({ mutation_id, state, result }) => [mutation_id, state, result?.status]),
    waiting: [await db.events.count(), await db.base_rows.count(), await db.meta.get('page')],
    receipts: sorted(await day.db.query('select mutation_id, status, version, code from private.receipts')),
    log: sorted(
      await day.db.query(
        "select user_id, action, entity_type, entity_id, changes - 'deleted_at' as changes from public.activity_logs",
      ),
    ),
  };
}

/** A cycle in which the `n`-th operation fails, and then the app's retry. */
async function recovered(kind: FaultKind | 'power', n: number): Promise<{ clean: boolean; end: unknown }> {
  const device = await day.begin();
  if (kind === 'power') device.cutPowerAfter(n - 1);
  else arm(kind, n);
  const first = await device.sync().then(
    ({ failure }) => failure === undefined,
    () => false,
  );
  const clean = kind === 'power' ? first : disarm();
  if (kind === 'power') await device.restart();
  for (let tries = 0; tries < 2; tries += 1) expect((await device.sync()).failure).toBeUndefined();
  const reached = { clean, end: await state(device) };
  device.switchOff();
  return reached;
}

test.each<[FaultKind | 'power', string, number]>([
  ['drop', 'request to the server never arrives', 8],
  ['lose', 'reply of the server is lost', 8],
  ['power', 'write transaction never happens, nor anything after it', 8],
  ['transaction', 'transaction of the disk cannot begin', 15],
  ['request', 'request to the disk fails', 60],
])('%s: recovers to the same end when the nth %s, for every n', async (kind, _, least) => {
  let n = 1;
  for (; ; n += 1) {
    const reached = await recovered(kind, n);
    expect(reached.end, `n = ${n}`).toEqual(end);
    if (reached.clean) break;
  }
  expect(n, 'the cycle has enough operations').toBeGreaterThan(least);
});
