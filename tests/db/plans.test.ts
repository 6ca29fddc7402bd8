import { afterAll, beforeAll, expect, test } from 'vitest';
import { addMember, asMember, createDatabase, type Database, type Session } from './database';
import { mutation, type Mutation } from './rpc';

const many = 20_000;
const sent = 40;

let db: Database;
let rep: string;
let ids: string[];

beforeAll(async () => {
  db = await createDatabase();
  rep = await addMember(db, 'rep');
  await db.query(
    `insert into contacts (id, first_name, title, background)
     select gen_random_uuid(), 'Contact ' || i, 'Chef', repeat('Likes oysters. ', 20) from generate_series(1, $1) i`,
    [many],
  );
  const rows = await db.query<{ id: string }>('select id from contacts order by id limit $1', [sent]);
  ids = rows.map(({ id }) => id);
});
afterAll(() => db.drop());

const contact = (op: string, id: string | undefined, details: Partial<Mutation> = {}) =>
  mutation('contacts', op, { ...(id ? { id } : {}), ...details });

/** Kinds of push that have to be taken apart, each with its mutations. */
const pushes: [string, () => Mutation[]][] = [
  ['edits that clash', () => ids.map((id) => contact('update', id, { patch: { title: 'Cook' } }))],
  [
    'edits of which every second clashes',
    () =>
      ids.map((id, place) =>
        contact('update', id, {
          base: place % 2 ? { title: 'Chef' } : { department: 'Sales' },
          patch: place % 2 ? { title: 'Owner' } : { department: 'Bar' },
        }),
      ),
  ],
  [
    'edits of unknown records',
    () => ids.map(() => contact('update', undefined, { patch: { title: 'Cook' } })),
  ],
  ['inserts of known records', () => ids.map((id) => contact('insert', id, { patch: { title: 'Cook' } }))],
  ['deletions of unknown records', () => ids.map(() => contact('delete', undefined))],
  ['deletions', () => ids.map((id) => contact('delete', id))],
  ['edits of deleted records', () => ids.map((id) => contact('update', id, { patch: { title: 'Cook' } }))],
  ['restorations', () => ids.map((id) => contact('restore', id, { patch: { title: 'Cook' } }))],
];

/** Pushes, and returns how many rows of `contacts` were read without an index. */
async function readWithoutIndex(mutations: Mutation[]): Promise<number> {
  const readOf = async ({ query }: Session) => {
    const [row] = await query<{ read: number }>(
      `select seq_tup_read as read from pg_stat_xact_user_tables where relname = 'contacts'`,
    );
    return Number(row?.read);
  };
  return asMember(db, rep, async (session) => {
    const before = await readOf(session);
    const request = {
      protocol: 1,
      client_id: crypto.randomUUID(),
      sent_at: new Date().toISOString(),
      mutations,
      events: [],
    };
    const [reply] = await session.query('select api.sync_push($1::jsonb) as body', [JSON.stringify(request)]);
    expect(reply?.body.results).toHaveLength(mutations.length);
    return (await readOf(session)) - before;
  });
}

test.each(['before', 'after'])('no push reads all contacts, %s statistics exist', async (when) => {
  if (when === 'after') await db.query('analyze contacts');
  const read: Record<string, number> = {};
  for (const [what, mutations] of pushes) read[what] = await readWithoutIndex(mutations());
  expect(read).toEqual(Object.fromEntries(pushes.map(([what]) => [what, 0])));
});
