import { afterAll, beforeAll, expect, it } from 'vitest';
import { entityNames, type EntityName } from '../../src/lib/entities/registry';
import { addMember, asMember, createDatabase, type Database } from './database';
import { mutation, push, statuses } from './rpc';

let db: Database;
let admin: string;

beforeAll(async () => {
  db = await createDatabase();
  admin = await addMember(db, 'admin');
});
afterAll(() => db.drop());

const logged = async (id: string) =>
  (
    await db.query<{ action: string; entity_type: string }>(
      'select action, entity_type from activity_logs where entity_id = $1 and user_id = $2',
      [id, admin],
    )
  ).length;

/** The fields that an entity requires. A new entity that requires more fails here first. */
const least: Partial<Record<EntityName, Record<string, unknown>>> = {
  maintenance_windows: { starts_at: '2030-01-01T00:00:00Z', ends_at: '2030-01-01T01:00:00Z' },
  import_batches: { entity: 'contacts', row_count: 1 },
  companies: { name: 'Harbour Kitchen' },
  contacts: { first_name: 'Ines' },
  deals: { name: 'Smoked char' },
  notes: { body: 'Called' },
  tasks: { title: 'Call' },
  saved_views: { entity: 'contacts', name: 'Mine' },
};

/** The operations that the server accepts, by its own code. */
async function operations(): Promise<string[]> {
  const [row] = await db.query<{ body: string }>(
    `select prosrc as body from pg_proc where oid = 'private.apply_mutation(jsonb, text)'::regprocedure`,
  );
  const [, words = ''] = /not in \(('insert'[^)]*)\)/.exec(row?.body ?? '') ?? [];
  return [...words.matchAll(/'(\w+)'/g)].map(([, word]) => word as string);
}

it('every operation on every entity leaves one row', async () => {
  const known = await operations();
  expect(known).toEqual(expect.arrayContaining(['insert', 'update', 'delete', 'restore', 'merge']));
  const kinds = await db.query<{ entity: EntityName; may_insert: boolean; may_delete: boolean }>(
    'select entity, may_insert, may_delete from private.entities order by pull_order',
  );
  const taken: string[] = [];
  const wrong: string[] = [];
  for (const { entity } of kinds.filter(({ may_insert }) => may_insert))
    for (const op of known) {
      const { about, mutations } = await prepare(entity, op);
      const before = await logged(about);
      const [status] = await statuses(db, admin, mutations);
      const rows = (await logged(about)) - before;
      const isTaken = status === 'applied' || status === 'merged';
      if (isTaken) taken.push(`${op} ${entity}`);
      if (rows !== (isTaken ? 1 : 0)) wrong.push(`${op} ${entity}: ${status}, ${rows} rows`);
    }
  expect(wrong).toEqual([]);
  // Devices cannot insert these; members and conflicts have tests of their own.
  const free = kinds.filter(({ may_insert, may_delete }) => may_insert && may_delete);
  expect(free).toHaveLength(kinds.length - 2);
  const wanted = free.flatMap(({ entity }) => known.map((op) => `${op} ${entity}`));
  const mergeable = ['merge companies', 'merge contacts'];
  expect(taken.sort()).toEqual(
    wanted.filter((what) => !what.startsWith('merge ') || mergeable.includes(what)).sort(),
  );
});

/** A record in the state that an operation needs, the operation, and the record whose row it must leave. */
async function prepare(entity: EntityName, op: string) {
  const patch = { ...least[entity] };
  if (op === 'insert') {
    const made = mutation(entity, op, { patch });
    return { about: made.id, mutations: [made] };
  }
  const id = await make(entity);
  if (op === 'restore') await statuses(db, admin, [mutation(entity, 'delete', { id })]);
  if (op === 'merge') {
    const from = await make(entity);
    return { about: from, mutations: [mutation(entity, op, { id, into: id, from: [from] })] };
  }
  const [field = ''] = Object.keys(patch).slice(-1);
  const details =
    op === 'update' ? { base: { [field]: patch[field] }, patch: { [field]: changed(entity, field) } } : {};
  return { about: id, mutations: [mutation(entity, op, { id, ...details })] };
}

async function make(entity: EntityName): Promise<string> {
  const made = mutation(entity, 'insert', { patch: { ...least[entity] } });
  expect([entity, await statuses(db, admin, [made])]).toEqual([entity, ['applied']]);
  return made.id;
}

function changed(entity: EntityName, field: string): unknown {
  const value = least[entity]?.[field];
  if (typeof value === 'number') return value + 1;
  return field === 'ends_at' ? '2030-01-01T02:00:00Z' : `${String(value)} 2`;
}

it('every table of records logs each change, whoever makes it', async () => {
  const triggers = await db.query<{ table: string; kinds: string[] }>(
    `select r.relname as table, coalesce(array_agg(distinct t.tgfoid::regproc::text
         order by t.tgfoid::regproc::text) filter (where t.oid is not null), '{}') as kinds
     from pg_class r left join pg_trigger t on t.tgrelid = r.oid and t.tgenabled <> 'D'
       and t.tgfoid::regproc::text like 'private.log\\_%'
     where r.relkind in ('r', 'p') and r.relnamespace = 'public'::regnamespace and not r.relispartition
     group by r.relname`,
  );
  const all = ['private.log_deletes', 'private.log_inserts', 'private.log_updates'];
  const short = triggers.filter(({ kinds }) => all.some((kind) => !kinds.includes(kind)));
  // The log does not log itself, the server's own note of a conflict is nobody's action, and the use or expiry of an
  // invitation is visible in the member's own row.
  expect(Object.fromEntries(short.map(({ table, kinds }) => [table, kinds]))).toEqual({
    activity_logs: [],
    conflicts: ['private.log_deletes', 'private.log_updates'],
    invitations: ['private.log_inserts'],
  });
});

it('every change of a writable field is logged', async () => {
  const fields = await db.query<{ entity: EntityName; field: string }>(
    'select entity, field from private.fields',
  );
  expect(new Set(fields.map(({ entity }) => entity))).toEqual(new Set(entityNames));
  const unseen: string[] = [];
  for (const { entity, field } of fields) {
    const seen = await db.query(
      `select private.update_action($1, jsonb_build_object($2::text, '{"old": 1, "new": 2}'::jsonb)) as word`,
      [entity, field],
    );
    if (!seen[0]?.word) unseen.push(`${entity}.${field}`);
  }
  expect(unseen).toEqual([]);
});

it('every callable function is known to log or only read', async () => {
  const callable = await db.query<{ name: string; stable: boolean }>(
    `select proname as name, provolatile <> 'v' as stable from pg_proc p
     where pronamespace = 'api'::regnamespace and has_function_privilege('authenticated', p.oid, 'execute')`,
  );
  const writing = callable.filter(({ stable }) => !stable).map(({ name }) => name);
  expect(writing.sort()).toEqual(['invite', 'sync_push']);
  const count = async () =>
    Number((await db.query<{ n: number }>('select count(*) as n from activity_logs'))[0]?.n);
  const before = await count();
  await asMember(db, admin, (client) =>
    client.query(`select api.invite('{"email": "new@example.com", "role": "rep"}')`),
  );
  expect(await count()).toBe(before + 1);
  const made = mutation('companies', 'insert', { patch: { name: 'One' } });
  await push(db, admin, [made]);
  expect(await count()).toBe(before + 2);
});
