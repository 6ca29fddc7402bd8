import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { beforeAll, expect, test } from 'vitest';
import { registry, type EntityName } from '../../src/lib/entities/registry';
import { mutation } from '../db/rpc';
import { log, pushOf, rpc, tokenOf, type Answer } from './client';

/** The test values for every field of every entity. */
const values: unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  'NaN',
  'infinity',
  'tomorrow',
  '2026-02-30',
  '12026-01-01',
  'javascript:alert(1)',
  '00000000-0000-0000-0000-000000000000',
  {},
  [1],
  [[['a']]],
  [{ value: 1, label: {} }],
];
const entities = [
  'maintenance_windows',
  'companies',
  'contacts',
  'deals',
  'notes',
  'tasks',
  'saved_views',
] as const;
type Entity = (typeof entities)[number];
const least: Record<Entity, object> = {
  maintenance_windows: { starts_at: '2090-01-01T00:00:00Z', ends_at: '2090-01-01T01:00:00Z' },
  companies: { name: 'Harbour Kitchen' },
  contacts: { first_name: 'Ines' },
  deals: { name: 'Smoked char' },
  notes: { body: 'Called' },
  tasks: { title: 'Call' },
  saved_views: { entity: 'contacts', name: 'Mine' },
};
const fieldsOf = (entity: Entity) => Object.keys((registry[entity].schema as z.ZodMiniObject).shape);
let token: string;
beforeAll(async () => {
  token = await tokenOf('admin@example.com');
});
const pushed = async (mutations: object[]) => {
  const reply: Answer = await rpc('sync_push', pushOf({ mutations }), token);
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return reply.body.results as { status: string; error?: { code: string; field?: string } }[];
};

/** The rows of an entity with these ids, as a device pulls them. */
async function rows(entity: EntityName, ids: ReadonlySet<string>): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  let page: string | null = null;
  do {
    const request = { protocol: 1, client_id: randomUUID(), cursor: null, page, limit: 2000 };
    const { body }: Answer = await rpc('sync_pull', request, token);
    for (const { entity: kind, columns, rows } of body.changes)
      if (kind === entity)
        for (const row of rows)
          found.push(Object.fromEntries(columns.map((name: string, index: number) => [name, row[index]])));
    page = body.page;
  } while (page);
  return found.filter((row) => ids.has(String(row.id)));
}

test.each(entities)('stores only values of %s that devices can read', async (entity) => {
  const tried = fieldsOf(entity).flatMap((field) =>
    values.map((value) =>
      mutation(entity, 'insert', {
        patch: { ...least[entity], [field]: value } as Record<string, unknown>,
      }),
    ),
  );
  const results = [];
  for (let from = 0; from < tried.length; from += 400)
    results.push(...(await pushed(tried.slice(from, from + 400))));
  const refused = new Set<string>();
  for (const [index, made] of tried.entries()) {
    const { status, error } = results[index] ?? {};
    if (status === 'applied') continue;
    expect([status, error?.code], JSON.stringify(made.patch)).toEqual([
      'rejected',
      expect.stringMatching(/^(invalid_value|invalid_reference|forbidden)$/),
    ]);
    refused.add(made.id);
  }
  expect(refused.size).toBeGreaterThan(tried.length / 2);
  expect(await rows(entity, refused)).toEqual([]);
  const logged = new Set((await log({ entity_type: entity })).map(({ entity_id }) => entity_id));
  expect([...refused].filter((id) => logged.has(id))).toEqual([]);
  const kept = await rows(entity, new Set(tried.map(({ id }) => id)));
  expect(kept).toHaveLength(tried.length - refused.size);
  for (const row of kept) {
    const { error } = z.safeParse(registry[entity].schema as z.ZodMiniObject, row);
    expect(error?.issues, JSON.stringify(row)).toBeUndefined();
  }
});

test('stores a megabyte of text completely or refuses it quickly', async () => {
  const long = 'Ж'.repeat(450_000);
  const codes: string[] = [];
  for (const entity of ['contacts', 'deals'] as const)
    for (const field of fieldsOf(entity)) {
      const made = mutation(entity, 'insert', {
        patch: { ...least[entity], [field]: long } as Record<string, unknown>,
      });
      const [result] = await pushed([made]);
      codes.push(`${entity}.${field} ${result?.status} ${result?.error?.code}`);
    }
  expect(
    codes.filter((code) => !/ rejected (invalid_value|forbidden|invalid_reference)$/.test(code)),
  ).toEqual([]);
});
