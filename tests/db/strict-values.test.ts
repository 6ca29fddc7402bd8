import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkValues } from '../../src/lib/entities/check-values';
import { checkLengths } from '../../src/lib/entities/limits';
import { entityNames, registry, type EntityName } from '../../src/lib/entities/registry';
import { parsePullReply } from '../../src/lib/remote/wire';
import { sanitize } from '../../src/lib/store/sanitize';
import { addMember, createDatabase, type Database } from './database';
import { oddValues } from './odd-values';
import { clientOf, mutation, push, rpc, statuses, type Mutation } from './rpc';

const seed = Number(process.env.SEED_FROM ?? 1);
let db: Database;
let admin: string;

beforeEach(async () => {
  db = await createDatabase();
  admin = await addMember(db, 'admin');
});
afterEach(() => db.drop());

interface Field {
  name: string;
  type: string;
}

/** The fields of an entity that a device may write, with the types of their columns. */
const fieldsOf = (entity: EntityName) =>
  db.query<Field & Record<string, unknown>>(
    `select f.field as name, format_type(a.atttypid, null) as type from private.fields f
     join pg_attribute a on a.attrelid = ('public.' || f.entity)::regclass and a.attname = f.field
     where f.entity = $1 order by 1`,
    [entity],
  );

type Values = Record<string, unknown>;

/** The required fields of a record, in addition to the field under test. */
const least: Partial<Record<EntityName, (field: string) => Values>> = {
  maintenance_windows: (field) => ({
    starts_at: field === 'ends_at' ? '1900-01-01T00:00:00Z' : '2090-01-01T00:00:00Z',
    ends_at: field === 'starts_at' ? '2199-12-31T00:00:00Z' : '2090-01-01T01:00:00Z',
    // A maintenance window for all time must not be open now.
    cancelled_at: '2026-01-01T00:00:00Z',
  }),
  companies: () => ({ name: 'Harbour Kitchen' }),
  contacts: (field) => (field === 'first_name' ? { last_name: 'Ode' } : { first_name: 'Ines' }),
  deals: () => ({ name: 'Smoked char' }),
  notes: () => ({ body: 'Called' }),
  tasks: () => ({ title: 'Call' }),
  saved_views: () => ({ entity: 'contacts', name: 'Mine' }),
  import_batches: () => ({ entity: 'contacts' }),
};

/**
 * The values that the app itself accepts: it can read them, and lets a person write them. It replaces characters that
 * no transport accepts.
 */
function appTakes(entity: EntityName, { name }: Field, value: unknown): boolean {
  const schema = (registry[entity].schema.shape as Record<string, z.ZodMiniType>)[name];
  const readable = schema?.safeParse(value).success === true;
  return (
    readable && (checkLengths({ [name]: value }) ?? checkValues(entity, { [name]: value })) === undefined
  );
}

/** Rules that involve two fields; each value by itself is valid. */
const breaksRowRule = (entity: EntityName, { starts_at, ends_at }: Values): boolean =>
  entity === 'maintenance_windows' && !(Date.parse(String(ends_at)) > Date.parse(String(starts_at)));

/** The server normalizes these, so that devices read a value of the right kind. */
const isNormalized = ({ type }: Field, value: unknown): boolean =>
  (type === 'numeric' || type === 'integer') && Number.isFinite(Number(value)) && typeof value !== 'object';

type Verdict = 'taken' | 'refused';

/** The server's verdict on each mutation. A push that is refused as a whole is split in half, as in the app. */
async function verdicts(mutations: Mutation[]): Promise<Verdict[]> {
  const { status, body } = await push(db, admin, mutations);
  if (status === 200)
    return body.results.map((result: { status: string; error?: { code: string } }) =>
      // A reference may be well-formed and point to nothing.
      result.error?.code === 'invalid_value' ? 'refused' : 'taken',
    );
  expect([400, 413], JSON.stringify(body)).toContain(status);
  if (mutations.length === 1) return ['refused'];
  const half = Math.ceil(mutations.length / 2);
  return [...(await verdicts(mutations.slice(0, half))), ...(await verdicts(mutations.slice(half)))];
}

async function inBatches(mutations: Mutation[]): Promise<Verdict[]> {
  const found: Verdict[] = [];
  for (let from = 0; from < mutations.length; from += 100)
    found.push(...(await verdicts(mutations.slice(from, from + 100))));
  return found;
}

/** The problems that the app has reading everything the server returns. */
async function unreadable(): Promise<unknown[]> {
  const found: unknown[] = [];
  let page: string | null = null;
  do {
    const request = { protocol: 1, client_id: clientOf(db, admin), cursor: null, page, limit: 2000 };
    const { status, body } = await rpc(db, admin, 'sync_pull', request);
    expect(status, JSON.stringify(body)).toBe(200);
    const reply = parsePullReply(JSON.parse(JSON.stringify(body)));
    for (const { entity, unreadable = [] } of reply.changes)
      for (const row of unreadable) found.push({ entity, ...row });
    page = reply.page;
  } while (page);
  return found;
}

/** The differences between the two verdicts, as text. */
function differences(entity: EntityName, field: Field, values: unknown[], server: Verdict[]): string[] {
  return values.flatMap((value, at) => {
    const app = appTakes(entity, field, value) && !breaksRowRule(entity, rowOf(entity, field, value));
    if (app === (server[at] === 'taken') || (!app && isNormalized(field, value))) return [];
    const text = JSON.stringify(value);
    return [`${entity}.${field.name} ${server[at]} by the server: ${text.slice(0, 80)} (${text.length})`];
  });
}

const rowOf = (entity: EntityName, { name }: Field, value: unknown): Values => ({
  ...least[entity]?.(name),
  [name]: value,
});

it.each(Object.keys(least) as EntityName[])(
  'app and server agree on each value of each field of new %s, and the app reads all of it',
  async (entity) => {
    const found: string[] = [];
    for (const field of await fieldsOf(entity)) {
      const values = oddValues(field.name, field.type, seed).map(sanitize);
      const inserts = values.map((value) =>
        mutation(entity, 'insert', { patch: rowOf(entity, field, value) }),
      );
      found.push(...differences(entity, field, values, await inBatches(inserts)));
    }
    expect(found).toEqual([]);
    expect(await unreadable()).toEqual([]);
  },
  240_000,
);

it.each(['members', 'conflicts'] as const)(
  'app and server agree on each value that changes one of %s, and the app reads all of it',
  async (entity) => {
    const id = entity === 'members' ? await addMember(db, 'rep') : await aConflict();
    const found: string[] = [];
    for (const field of await fieldsOf(entity)) {
      const values = oddValues(field.name, field.type, seed).map(sanitize);
      const server: Verdict[] = [];
      for (const value of values) {
        const [row] = await db.query(
          `select to_jsonb(t) -> $2 as now from public.${entity} t where id = $1`,
          [id, field.name],
        );
        const change = { id, base: { [field.name]: row?.now }, patch: { [field.name]: value } };
        const [verdict = 'refused'] = await verdicts([mutation(entity, 'update', change)]);
        server.push(verdict);
        if (verdict === 'taken') expect(await unreadable()).toEqual([]);
      }
      found.push(...differences(entity, field, values, server));
    }
    expect(found).toEqual([]);
  },
  240_000,
);

/** A conflict of the admin. */
async function aConflict(): Promise<string> {
  const bad = mutation('contacts', 'insert', { patch: { first_name: 'Ines', company_id: randomUUID() } });
  expect(await statuses(db, admin, [bad])).toEqual(['rejected']);
  const [row] = await db.query<{ id: string }>('select id from public.conflicts where record_id = $1', [
    bad.id,
  ]);
  return String(row?.id);
}

it('applies the same rules to changes and merges as to new records', async () => {
  const one = mutation('contacts', 'insert', { patch: { first_name: 'Ines', emails: [] } });
  const two = mutation('contacts', 'insert', { patch: { first_name: 'Inez' } });
  expect(await statuses(db, admin, [one, two])).toEqual(['applied', 'applied']);
  const emails = [{ value: 'a@example.com' }];
  const update = mutation('contacts', 'update', { id: one.id, base: { emails: [] }, patch: { emails } });
  const merge = mutation('contacts', 'merge', {
    id: one.id,
    into: one.id,
    from: [two.id],
    choices: { emails },
  });
  expect(await statuses(db, admin, [update, merge])).toEqual(['rejected', 'rejected']);
  expect(await unreadable()).toEqual([]);
});

it('tests every entity that a device writes', () => {
  expect([...Object.keys(least), 'members', 'conflicts'].sort()).toEqual([...entityNames].sort());
});
