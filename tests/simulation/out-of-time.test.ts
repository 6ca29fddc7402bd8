import { expect, onTestFinished, test } from 'vitest';
import { refusal } from '$lib/remote/reply';
import { createRemote } from '$lib/remote/remote';
import { mutate } from '$lib/store/write';
import { addMember, createDatabase, type Database } from '../db/database';
import { rpc, type Rpc } from '../db/rpc';
import { Device } from './device';
import { Random } from './random';

const contacts = 1_000;
/** Less than one push of 500 clashing edits needs on a slow server, and more than the second that a push should take. */
const limit = '2s';

/** A server with little time: every conflict costs some milliseconds more of it, and a push has a short limit. */
async function slowServer(db: Database): Promise<void> {
  await db.query(
    `create function private.toil() returns trigger language plpgsql as $$
     declare until timestamptz := clock_timestamp() + interval '8 milliseconds';
     begin
       while clock_timestamp() < until loop end loop;
       return new;
     end $$`,
  );
  await db.query(
    'create trigger toil before insert on public.conflicts for each row execute function private.toil()',
  );
  await db.query(`alter function api.sync_push(jsonb) set statement_timeout = '${limit}'`);
}

async function tabletOf(db: Database, userId: string, calls: string[]): Promise<Device> {
  const remote = createRemote(async (name, request) => {
    const { status, body } = await rpc(db, userId, name as Rpc, request);
    if (status === 200) return { ok: true, body: JSON.parse(JSON.stringify(body)) as unknown };
    const refused = refusal(status, body as { code?: unknown });
    calls.push(`${name} ${refused.code}`);
    return refused;
  });
  const device = new Device('tablet', userId, {
    random: new Random(1),
    time: () => Date.now(),
    skew: 0,
    remote,
  });
  await device.switchOn();
  onTestFinished(() => device.switchOff());
  return device;
}

test('thousands of clashing edits get through a server that is out of time for one push', async () => {
  const db = await createDatabase();
  onTestFinished(() => db.drop());
  const userId = await addMember(db, 'rep');
  await db.query(
    `insert into contacts (id, first_name, title) select gen_random_uuid(), 'Contact ' || i, 'Chef'
     from generate_series(1, $1) i`,
    [contacts],
  );
  const refused: string[] = [];
  const device = await tabletOf(db, userId, refused);
  expect(await device.sync()).toEqual({ failure: undefined });
  const ids = (await device.store.db.rows('contacts').toArray()).map(({ id }) => id);
  await mutate(
    device.store,
    ids.map((id) => ({ op: 'update', entity: 'contacts', id, values: { title: 'Mine' } })),
  );
  await db.query(`update contacts set title = 'Theirs'`);
  await slowServer(db);
  for (let cycles = 0; cycles < 20; cycles += 1) if (!(await device.sync()).failure) break;
  const [row] = await db.query<{ kept: number }>(
    `select count(*)::int as kept from conflicts where field = 'title' and mine = '"Mine"' and theirs = '"Theirs"'`,
  );
  expect(row?.kept).toBe(contacts);
  // The server did run out of time, and never for a pull.
  expect(new Set(refused)).toEqual(new Set(['sync_push 57014']));
  expect(refused.length).toBeLessThan(20);
});
