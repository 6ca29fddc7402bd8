import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { event, mutation } from '../db/rpc';
import { call, conflictsOf, idOf, log, pushOf, rpc, tokenOf, type Answer } from './client';

const rep = idOf('rep@example.com');
const repToken = () => tokenOf('rep@example.com');
const newContact = (details: object = {}) =>
  mutation('contacts', 'insert', { patch: { first_name: 'Ines' }, ...details });
/** The user and the action that the log names for a record. */
const deeds = async (id: string) =>
  (await log({ entity_id: id })).map(({ user_id, action }) => [user_id, action]);

const nul = '\u0000';
test.each([
  ['a patch', () => ({ mutations: [newContact({ patch: { first_name: nul } })] })],
  ['the name of a field', () => ({ mutations: [newContact({ patch: { [`first${nul}name`]: 'x' } })] })],
  ['a base', () => ({ mutations: [newContact({ base: { first_name: nul } })] })],
  ['an entity', () => ({ mutations: [newContact({ entity: `contacts${nul}` })] })],
  ['a group', () => ({ mutations: [newContact({ group_id: nul })] })],
  ['an event', () => ({ events: [event(`view${nul}`)] })],
  ['half a character', () => ({ mutations: [newContact({ patch: { first_name: '\ud83d' } })] })],
])('refuses NUL or half a character in %s and stores nothing', async (_, parts) => {
  const [seen, made] = [event('view'), newContact()];
  const { mutations = [], events = [] }: { mutations?: object[]; events?: object[] } = parts();
  const request = pushOf({ mutations: [made, ...mutations], events: [seen, ...events] });
  const { status, body } = await rpc('sync_push', request, await repToken());
  expect(status, JSON.stringify(body)).toBe(400);
  expect(body.code).toEqual(expect.stringMatching(/^22P0[25]$/));
  expect(await deeds(made.id)).toEqual([]);
  expect((await log()).map(({ id }) => id)).not.toContain(seen.event_id);
});

const deep = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;
test.each([
  ['a value', (value: unknown) => ({ patch: { first_name: 'Ines', emails: value } })],
  ['a base', (value: unknown) => ({ base: { emails: value } })],
  ['a choice', (value: unknown) => ({ op: 'merge', choices: value })],
])('refuses a push with deep nesting in %s and stores nothing', async (_, details) => {
  const token = await repToken();
  for (const levels of [16, 3000]) {
    const [good, bad] = [newContact(), newContact(details(deep(levels)))];
    const { status, body } = await rpc('sync_push', pushOf({ mutations: [good, bad] }), token);
    expect([status, body.code]).toEqual([400, 'invalid_request']);
    for (const { id } of [good, bad]) {
      expect(await deeds(id)).toEqual([]);
      expect(await conflictsOf('rep@example.com', id)).toEqual([]);
    }
  }
});

test('refuses a deeply nested filter of the log', async () => {
  const { status, body } = await rpc(
    'activity_log',
    { user_id: deep(3000) },
    await tokenOf('admin@example.com'),
  );
  expect([status, body.code]).toEqual([400, 'invalid_request']);
});

const odd: [string, unknown[]][] = [
  ['mutation_id', [null, 1, '', 'x', [], {}, randomUUID().toUpperCase(), `${randomUUID()} `]],
  ['id', [null, 1, '', "' or true", [], {}, randomUUID().toUpperCase()]],
  ['seq', [null, '1', [], {}, true]],
  ['entity', [null, 1, [], {}]],
  ['op', [null, 1, [], {}]],
  ['patch', ['x', 1, [], true]],
  ['base', ['x', 1, [], true]],
  ['base_version', ['1', [], {}, true]],
  ['group_id', [1, [], {}, true]],
];
test.each(odd)('refuses a push whose mutation has the wrong type of %s', async (key, values) => {
  const token = await repToken();
  for (const value of values) {
    const good = newContact();
    const mutations = [good, { ...newContact(), [key]: value }];
    const { status, body } = await rpc('sync_push', pushOf({ mutations }), token);
    expect([status, body.code], JSON.stringify(value)).toEqual([400, 'invalid_request']);
    expect(await deeds(good.id)).toEqual([]);
  }
});

test.each([
  ['an unknown entity', { entity: 'pg_class' }],
  ['an entity of another schema', { entity: 'auth.users' }],
  ['an entity that is SQL', { entity: 'contacts; drop table contacts' }],
  ['the log for an entity', { entity: 'activity_logs' }],
  ['an unknown operation', { op: 'truncate' }],
  ["the server's own version", { patch: { first_name: 'Ines', version: 99 } }],
  ["the server's own author", { patch: { first_name: 'Ines', created_by: idOf('admin@example.com') } }],
  ["the server's own transaction", { patch: { first_name: 'Ines', xid: '1' } }],
  ['a field that is SQL', { patch: { first_name: 'Ines', 'title = null --': 'x' } }],
])('refuses only the mutation with %s, without logging it', async (_, details) => {
  const [good, bad] = [newContact(), newContact(details)];
  const { body } = await rpc('sync_push', pushOf({ mutations: [bad, good] }), await repToken());
  expect(body.results).toMatchObject([
    { status: 'rejected', error: { code: 'invalid_value' } },
    { status: 'applied' },
  ]);
  expect(await deeds(bad.id)).toEqual([]);
  expect(await deeds(good.id)).toEqual([[rep, 'create']]);
});

test.each([-1, 0, 1.5, 1e300, 9007199254740992])(
  'overwrites nothing with an impossible base version of %d',
  async (base_version) => {
    const token = await repToken();
    const made = newContact();
    const blind = mutation('contacts', 'update', {
      id: made.id,
      base_version,
      base: { first_name: 'Inga' },
      patch: { first_name: 'Mallory' },
    });
    const { body } = await rpc('sync_push', pushOf({ mutations: [made, blind] }), token);
    expect(body.results.map(({ status }: { status: string }) => status)).toEqual(['applied', 'conflict']);
    expect(await deeds(made.id)).toEqual([[rep, 'create']]);
  },
);

test.each(['NaN', 'Infinity', 'infinity', '-infinity', '300000-01-01T00:00:00Z', '', {}, [], null, true])(
  'refuses a push sent at %j as malformed',
  async (sent_at) => {
    const seen = event('view');
    const { status, body } = await rpc('sync_push', pushOf({ sent_at, events: [seen] }), await repToken());
    expect([status, body.code]).toEqual([400, 'invalid_request']);
    expect((await log()).map(({ id }) => id)).not.toContain(seen.event_id);
  },
);

test.each(['4713-01-01 BC', '294275-12-31T00:00:00Z', '0001-01-01T00:00:00Z'])(
  'keeps the log’s time despite a clock at %s',
  async (time) => {
    for (const [sent_at, occurred_at] of [
      [time, '4700-01-01 BC'],
      [time, time],
      [new Date().toISOString(), time],
    ] as const) {
      const seen = { ...event('view'), occurred_at };
      const { status, body } = await rpc('sync_push', pushOf({ sent_at, events: [seen] }), await repToken());
      if (status !== 200) expect([status, body.code]).toEqual([400, 'invalid_request']);
      const [entry] = (await log()).filter(({ id }) => id === seen.event_id) as unknown as Record<
        string,
        string
      >[];
      if (entry) expect(Math.abs(Date.parse(entry.timestamp ?? '') - Date.now())).toBeLessThan(60_000);
    }
  },
);

const oddEvents: object[] = [
  { event_id: 1 },
  { event_id: 'x' },
  { event_id: null },
  { seq: 'one' },
  { seq: {} },
  { action: 1 },
  { action: ['view'] },
  { action: null },
  { entity_type: 1 },
  { entity_type: 'Contacts; drop table' },
  { entity_type: 'x'.repeat(61) },
  { entity_type: null },
  { entity_id: 'x' },
  { entity_id: 1 },
  { entity_id: {} },
];
test('refuses only the event with a wrong type', async () => {
  const [good, late] = [event('view'), { ...event('view'), occurred_at: { $date: 1 } }];
  const events = [...oddEvents.map((odd) => ({ ...event('view'), ...odd })), 'x', 1, null, [], good, late];
  const { status, body }: Answer = await rpc('sync_push', pushOf({ events }), await repToken());
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.events_accepted).toBe(2);
  const codes = body.events_rejected.map(({ code }: { code: string }) => code);
  expect(codes).toHaveLength(events.length - 2);
  for (const code of codes) expect(['invalid_value', 'forbidden']).toContain(code);
  const written = (await log()).filter(({ id }) => id === good.event_id || id === late.event_id);
  expect(written.map(({ user_id }) => user_id)).toEqual([rep, rep]);
});

test('checks and writes the same value of a doubled key', async () => {
  const made = newContact();
  const body = JSON.stringify({ request: pushOf({ mutations: [made] }) })
    .replace('"entity":"contacts"', '"entity":"members","entity":"contacts"')
    .replace('"first_name":"Ines"', '"first_name":{"a":1},"first_name":"Ines"');
  const { body: answer } = await call('/rest/v1/rpc/sync_push', { body, token: await repToken() });
  expect(answer.results).toMatchObject([{ status: 'applied' }]);
  const turned = JSON.stringify({ request: pushOf({ mutations: [newContact()] }) }).replace(
    '"entity":"contacts"',
    '"entity":"contacts","entity":"members"',
  );
  const { body: refused } = await call('/rest/v1/rpc/sync_push', { body: turned, token: await repToken() });
  expect(refused.results).toMatchObject([{ status: 'rejected', error: { code: 'forbidden' } }]);
});

test('applies only the first of two changes with one id', async () => {
  const [first, second] = [newContact(), newContact()];
  const mutations = [first, { ...second, mutation_id: first.mutation_id }];
  const { body } = await rpc('sync_push', pushOf({ mutations }), await repToken());
  expect(body.results.map(({ status }: { status: string }) => status)).toEqual(['applied', 'applied']);
  expect(await deeds(first.id)).toEqual([[rep, 'create']]);
  expect(await deeds(second.id)).toEqual([]);
});

test('hides another member’s conflict and does not let them resolve it', async () => {
  const bad = newContact({ patch: { first_name: 'Ines', company_id: randomUUID() } });
  await rpc('sync_push', pushOf({ mutations: [bad] }), await repToken());
  const mine = await conflictsOf('rep@example.com', bad.id);
  expect(mine).toHaveLength(1);
  expect(await conflictsOf('rep2@example.com', bad.id)).toEqual([]);
  for (const email of ['rep2@example.com', 'readonly@example.com']) {
    const resolve = mutation('conflicts', 'update', {
      id: mine[0] as string,
      base: { resolution: null },
      patch: { resolution: 'theirs', resolved_at: new Date().toISOString() },
    });
    const { body } = await rpc('sync_push', pushOf({ mutations: [resolve] }), await tokenOf(email));
    expect(body.results).toMatchObject([{ status: 'rejected', error: { code: 'not_found' } }]);
  }
  expect(await deeds(mine[0] as string)).toEqual([]);
});
