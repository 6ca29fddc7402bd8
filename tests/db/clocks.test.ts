import { afterAll, beforeAll, expect, it } from 'vitest';
import { addMember, createDatabase, type Database } from './database';
import { event, mutation, push, rpc } from './rpc';

let db: Database;
let rep: string;
let manager: string;

beforeAll(async () => {
  db = await createDatabase();
  rep = await addMember(db, 'rep');
  manager = await addMember(db, 'manager');
});
afterAll(() => db.drop());

const minute = 60_000;
const day = 1440 * minute;
/** A time by a clock that is `off` milliseconds from the server's. */
const at = (ago: number, off = 0) => new Date(Date.now() - ago + off);
const iso = (ago: number, off = 0) => at(ago, off).toISOString();

/**
 * How long before its recording something happened, in whole minutes by the log; undefined if the log does not have it.
 */
async function minutesLate(entityId: string): Promise<number | undefined> {
  const [entry] = await db.query<{ late: number; recorded: boolean }>(
    `select round(extract(epoch from "timestamp" - occurred_at) / 60)::int as late,
       "timestamp" between now() - interval '1 minute' and now() as recorded
     from activity_logs where entity_id = $1`,
    [entityId],
  );
  if (entry) expect(entry.recorded, 'recorded by the server’s clock').toBe(true);
  return entry?.late;
}

const status = async (request: ReturnType<typeof push>) => {
  const { body } = await request;
  return (body.results as { status: string; error?: { code: string } }[])[0];
};

it.each([
  ['three weeks ahead', 21 * day],
  ['three weeks behind', -21 * day],
  ['a year behind', -366 * day],
])('logs the right time of an action by a clock %s', async (_, off) => {
  const seen = event('view', { occurred_at: iso(60 * minute, off) });
  const note = mutation('notes', 'insert', { patch: { body: 'Called' }, occurred_at: iso(60 * minute, off) });
  const reply = await push(db, rep, [note], { events: [seen], sentAt: at(0, off) });
  expect(reply.body).toMatchObject({ results: [{ status: 'applied' }], events_accepted: 1 });
  expect([await minutesLate(seen.entity_id), await minutesLate(note.id)]).toEqual([60, 60]);
  const [written] = await db.query<{ ago: number }>(
    'select round(extract(epoch from now() - occurred_at) / 60)::int as ago from notes where id = $1',
    [note.id],
  );
  expect(written?.ago).toBe(60);
});

it('moves an action dated in the future to now', async () => {
  const seen = event('view', { occurred_at: iso(-21 * day) });
  const made = mutation('notes', 'insert', { patch: { body: 'Called' }, occurred_at: iso(-21 * day) });
  expect((await push(db, rep, [made], { events: [seen] })).body).toMatchObject({
    results: [{ status: 'applied' }],
    events_accepted: 1,
  });
  expect([await minutesLate(seen.entity_id), await minutesLate(made.id)]).toEqual([0, 0]);
});

it('logs an action over a month old at its arrival', async () => {
  const seen = event('view', { occurred_at: iso(31 * day) });
  const made = mutation('contacts', 'insert', { patch: { first_name: 'Ada' }, occurred_at: iso(31 * day) });
  await push(db, rep, [made], { events: [seen] });
  await db.query('select private.enforce_retention()');
  expect([await minutesLate(seen.entity_id), await minutesLate(made.id)]).toEqual([31 * 1440, 31 * 1440]);
  const { body } = await rpc(db, manager, 'activity_log', { entity_id: made.id });
  expect(body.entries).toMatchObject([{ action: 'create' }]);
});

it('asks about a change by a lost clock and logs its views', async () => {
  const occurred_at = '1970-01-01T00:05:00.000Z';
  const seen = event('view', { occurred_at });
  const made = mutation('companies', 'insert', { patch: { name: 'Harbour Foods' }, occurred_at });
  expect(await status(push(db, rep, [made], { events: [seen] }))).toMatchObject({
    status: 'conflict',
    error: { code: 'stale' },
  });
  expect(await minutesLate(seen.entity_id)).toBeGreaterThan(50 * 365 * 1440);
  const [kept] = await db.query('select kind, patch, author_id from conflicts where record_id = $1', [
    made.id,
  ]);
  expect(kept).toEqual({ kind: 'stale', patch: { name: 'Harbour Foods' }, author_id: rep });
  const again = mutation('companies', 'insert', { id: made.id, patch: { name: 'Harbour Foods' } });
  expect(await status(push(db, rep, [again]))).toMatchObject({ status: 'applied' });
});

it('replaces an invalid time with the time of arrival', async () => {
  const seen = event('view', { occurred_at: 'yesterday-ish' });
  const made = mutation('notes', 'insert', { patch: { body: 'Called' }, occurred_at: '9999-99-99' });
  expect(await status(push(db, rep, [made], { events: [seen] }))).toMatchObject({ status: 'applied' });
  expect([await minutesLate(seen.entity_id), await minutesLate(made.id)]).toEqual([0, 0]);
});

it.each([
  ['three weeks ahead', 21 * day],
  ['three weeks behind', -21 * day],
])('keeps the day a task was done by a clock %s', async (_, off) => {
  const task = mutation('tasks', 'insert', { patch: { title: 'Call' } });
  await push(db, rep, [task]);
  const ago = async () => {
    const rows = await db.query<{ ago: number }>(
      'select round(extract(epoch from now() - done_at) / 60)::int as ago from tasks where id = $1',
      [task.id],
    );
    return rows[0]?.ago;
  };
  const mark = (done_at: string, occurred_at = done_at) =>
    push(
      db,
      rep,
      [mutation('tasks', 'update', { id: task.id, base_version: 1, patch: { done_at }, occurred_at })],
      {
        sentAt: at(0, off),
      },
    );
  // The edit is dated a moment after the mark inside it.
  expect(await status(mark(iso(60 * minute, off), iso(60 * minute - 40, off)))).toMatchObject({
    status: 'applied',
  });
  expect(await ago()).toBe(60);
  await mark(iso(5 * day), iso(0, off));
  expect(await ago(), 'a restored older mark stays as it was').toBe(5 * 1440);
});

it('keeps the time of a decision by a clock weeks off', async () => {
  const contact = mutation('contacts', 'insert', { patch: { first_name: 'Ada', title: 'Cook' } });
  await push(db, rep, [contact]);
  const titled = (title: string) =>
    mutation('contacts', 'update', {
      id: contact.id,
      base_version: 1,
      base: { title: 'Cook' },
      patch: { title },
    });
  await push(db, manager, [titled('Chef')]);
  await push(db, rep, [titled('Baker')]);
  const [open] = await db.query<{ id: string }>('select id from conflicts where record_id = $1', [
    contact.id,
  ]);
  const resolved_at = iso(0, 21 * day);
  const closing = mutation('conflicts', 'update', {
    id: open?.id,
    base: { resolved_at: null, resolution: null },
    patch: { resolved_at, resolution: 'theirs' },
    occurred_at: resolved_at,
  });
  await push(db, rep, [closing], { sentAt: at(0, 21 * day) });
  const [closed] = await db.query<{ right: boolean }>(
    `select resolved_at between now() - interval '1 minute' and now() + interval '1 second' as right
     from conflicts where id = $1`,
    [open?.id],
  );
  expect(closed?.right).toBe(true);
});

it.each([
  ['five hours ahead', 300 * minute],
  ['40 days behind', -40 * day],
  ['three years ahead', 3 * 365 * day],
])('a deal is closed and archived when it was, by a clock that is %s', async (_, off) => {
  const deal = mutation('deals', 'insert', { patch: { name: 'Big' } });
  await push(db, rep, [deal]);
  const act = (patch: Record<string, unknown>, base: Record<string, unknown>) =>
    mutation('deals', 'update', { id: deal.id, base, patch, occurred_at: iso(60 * minute, off) });
  const at60 = iso(60 * minute, off);
  await push(
    db,
    rep,
    [
      act({ stage: 'closed_won', closed_at: at60 }, { stage: 'new_lead', closed_at: null }),
      act({ archived_at: at60 }, { archived_at: null }),
    ],
    { sentAt: at(0, off) },
  );
  const [kept] = await db.query(
    `select round(extract(epoch from now() - closed_at) / 60)::int as closed,
       round(extract(epoch from now() - archived_at) / 60)::int as archived
     from deals where id = $1`,
    [deal.id],
  );
  expect(kept).toEqual({ closed: 60, archived: 60 });
});

it('no deal was closed later than now, also if the time is put back that a clock had dated ahead', async () => {
  const off = 300 * minute;
  const deal = mutation('deals', 'insert', { patch: { name: 'Big' } });
  const back = mutation('deals', 'update', {
    id: deal.id,
    base: { stage: 'new_lead', closed_at: null },
    patch: { stage: 'closed_won', closed_at: iso(60 * minute, off) },
    occurred_at: iso(0, off),
  });
  await push(db, rep, [deal, back], { sentAt: at(0, off) });
  const [kept] = await db.query(
    'select round(extract(epoch from now() - closed_at) / 60)::int as closed from deals where id = $1',
    [deal.id],
  );
  expect(kept).toEqual({ closed: 60 });
});

it('what was done under a clock that was behind is no older than the newest time that the device knew', async () => {
  const occurred_at = iso(100 * day);
  const made = { ...mutation('contacts', 'insert', { patch: { first_name: 'Ada' }, occurred_at }) };
  expect(await status(push(db, rep, [{ ...made, known_at: iso(2 * day) }]))).toMatchObject({
    status: 'applied',
  });
  expect(await minutesLate(made.id)).toBe(2 * 1440);
  const ahead = mutation('contacts', 'insert', { patch: { first_name: 'Ada' }, occurred_at });
  expect(await status(push(db, rep, [{ ...ahead, known_at: iso(-2 * day) }]))).toMatchObject({
    status: 'applied',
  });
  expect(await minutesLate(ahead.id), 'but not later than now').toBe(0);
});

it('what was seen under a clock that was behind is no older than the newest time that the device knew', async () => {
  const occurred_at = iso(100 * day);
  const [before, after] = [iso(2 * day), iso(-2 * day)].map((known_at) =>
    event('view', { occurred_at, known_at }),
  );
  await push(db, rep, [], { events: [before, after].filter((each) => each !== undefined) });
  expect(await minutesLate(before?.entity_id ?? '')).toBe(2 * 1440);
  expect(await minutesLate(after?.entity_id ?? ''), 'but not later than now').toBe(0);
});

it.each([
  ['five hours ahead', 300 * minute],
  ['40 days behind', -40 * day],
])('a time that is put back is corrected only if a clock that is %s has told it', async (_, off) => {
  const patch = { name: 'Big', stage: 'closed_won', closed_at: iso(3 * day) };
  const [own, foreign] = [mutation('deals', 'insert', { patch }), mutation('deals', 'insert', { patch })];
  const putBack = (id: string, closed_at: string, own_times?: string[]) =>
    mutation('deals', 'update', {
      id,
      base_version: 1,
      patch: { closed_at },
      occurred_at: iso(0, off),
      ...(own_times ? { own_times } : {}),
    });
  const mutations = [
    own,
    foreign,
    putBack(own.id, iso(60 * minute, off), ['closed_at']),
    putBack(foreign.id, iso(5 * day)),
  ];
  await push(db, rep, mutations, { sentAt: at(0, off) });
  const closed = await db.query<{ ago: number }>(
    `select round(extract(epoch from now() - closed_at) / 60)::int as ago
     from unnest($1::uuid[]) with ordinality u (id, place) join deals using (id) order by place`,
    [[own.id, foreign.id]],
  );
  expect(closed.map(({ ago }) => ago)).toEqual([60, 5 * 1440]);
});

it.each(['contacts', 'companies', 'deals', 'import_batches'])(
  '%s that were made without a network say when, and when they arrived',
  async (entity) => {
    const names: Record<string, object> = {
      contacts: { first_name: 'Ada' },
      import_batches: { entity: 'contacts' },
    };
    const patch = { ...(names[entity] ?? { name: 'Harbour Foods' }) };
    const made = mutation(entity, 'insert', { patch, occurred_at: iso(3 * day, 7 * day) });
    const others = [1, 2].map(() => mutation(entity, 'insert', { patch, occurred_at: iso(day, 7 * day) }));
    await push(db, rep, [made, ...others], { sentAt: at(0, 7 * day) });
    const ages = async (id: string) =>
      (
        await db.query(
          `select round(extract(epoch from now() - made_at) / 86400)::int as made,
             round(extract(epoch from now() - created_at) / 86400)::int as created from ${entity} where id = $1`,
          [id],
        )
      )[0];
    expect(await ages(made.id)).toEqual({ made: 3, created: 0 });
    for (const { id } of others) expect(await ages(id)).toEqual({ made: 1, created: 0 });
    const edit = mutation(entity, 'update', { id: made.id, base_version: 1, patch: { made_at: iso(0) } });
    expect(await status(push(db, rep, [edit])), 'nobody writes it').toMatchObject({ status: 'rejected' });
  },
);
