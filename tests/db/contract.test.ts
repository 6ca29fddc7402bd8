import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { entityNames, registry, type EntityName } from '../../src/lib/entities/registry';
import { createDatabase, type Database } from './database';

let db: Database;

beforeAll(async () => {
  db = await createDatabase();
});
afterAll(() => db.drop());

interface Column {
  name: string;
  type: string;
  required: boolean;
}

/** Columns that never leave the server. */
const internal = ['xid', 'blanked_at'];

const columns = (entity: string) =>
  db.query<Column>(
    `select a.attname as name, format_type(a.atttypid, null) as type,
       a.attnotnull or exists (
         select from pg_constraint c
         where c.conrelid = a.attrelid and c.contype = 'c' and c.conname = $1 || '_' || a.attname || '_required'
           and cardinality(c.conkey) = 2
       ) as required
     from pg_attribute a
     where a.attrelid = ('public.' || $1)::regclass and a.attnum > 0 and not a.attisdropped
       and a.attname <> all ($2) order by a.attname`,
    [entity, internal],
  );

/**
 * The type of a field on the device: nullable or not, its JSON type, its allowed words; `type` is undefined if any type
 * is allowed.
 */
function shape(entity: EntityName, field: string) {
  const schema = (registry[entity].schema.shape as Record<string, z.ZodMiniType>)[field] as z.ZodMiniType;
  const json = z.toJSONSchema(schema) as {
    type?: string | string[];
    enum?: unknown[];
    anyOf?: (typeof json)[];
  };
  const parts = [json, ...(json.anyOf ?? [])];
  const type = parts.flatMap((part) => part.type ?? []).find((word) => word !== 'null');
  const words = parts.flatMap((part) => part.enum ?? []).filter((word) => word !== null);
  return { nullable: schema.safeParse(null).success, type, words };
}

const jsonTypes: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  date: 'string',
  'timestamp with time zone': 'string',
  bigint: 'number',
  integer: 'number',
  numeric: 'number',
  boolean: 'boolean',
  'text[]': 'array',
  'uuid[]': 'array',
};

describe.each(entityNames)('%s', (entity) => {
  it('has the same fields on the device and on the server', async () => {
    const server = (await columns(entity)).map(({ name }) => name);
    expect(Object.keys(registry[entity].schema.shape).sort()).toEqual(server.sort());
  });

  it('has fields of the same type and nullability', async () => {
    for (const { name, type, required } of await columns(entity)) {
      const device = shape(entity, name);
      if (!device.type) continue;
      expect({ name, nullable: device.nullable }).toEqual({ name, nullable: !required });
      if (jsonTypes[type]) expect({ name, type: device.type }).toEqual({ name, type: jsonTypes[type] });
    }
  });

  it('allows the same words in fields with fixed words', async () => {
    const checks = await db.query<{ name: string; definition: string }>(
      `select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
       where conrelid = ('public.' || $1)::regclass and conname like '%\\_known'`,
      [entity],
    );
    const server = Object.fromEntries(
      checks.map(({ name, definition }) => [
        name.slice(entity.length + 1, -'_known'.length),
        [...definition.matchAll(/'([^']+)'/g)].map(([, word]) => word).sort(),
      ]),
    );
    const device = Object.fromEntries(
      Object.keys(registry[entity].schema.shape)
        .map((field) => [field, [...shape(entity, field).words].sort()] as const)
        .filter(([, words]) => words.length > 0),
    );
    expect(device).toEqual(server);
  });

  it('merges by the same rules', async () => {
    const rules = await db.query<{ field: string; rule: string }>(
      `select field, rule from private.fields where entity = $1 and rule <> 'three_way'`,
      [entity],
    );
    expect(registry[entity].rules).toEqual(Object.fromEntries(rules.map(({ field, rule }) => [field, rule])));
  });

  it('starts with the same defaults', async () => {
    const [row] = await db.query('select defaults from private.entities where entity = $1', [entity]);
    expect(registry[entity].defaults).toEqual(row?.defaults);
  });
});

it('every synced table is an entity on the device', async () => {
  const tables = await db.query<{ entity: string }>('select entity from private.entities');
  expect(tables.map(({ entity }) => entity).sort()).toEqual([...entityNames].sort());
});
