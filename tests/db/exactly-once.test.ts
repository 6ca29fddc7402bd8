import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember, createDatabase, type Database } from './database';
import { mutation, push, statuses } from './rpc';

let db: Database;
let rep: string;

beforeAll(async () => {
  db = await createDatabase();
  rep = await addMember(db, 'rep');
});
afterAll(() => db.drop());

const logged = async (id: string) =>
  (await db.query<{ n: number }>('select count(*) as n from activity_logs where entity_id = $1', [id]))[0]?.n;

describe('a mutation is applied exactly once', () => {
  it('when the reply is lost and the request is repeated', async () => {
    const insert = mutation('companies', 'insert', { patch: { name: 'Harbour Kitchen' } });
    const edit = mutation('companies', 'update', {
      id: insert.id,
      base: { name: 'Harbour Kitchen' },
      patch: { name: 'Harbour Kitchens' },
    });
    const first = await push(db, rep, [insert, edit]);
    const again = await push(db, rep, [insert, edit]);
    expect(again.body.results).toEqual(first.body.results);
    const [row] = await db.query('select name, version from companies where id = $1', [insert.id]);
    expect(row).toEqual({ name: 'Harbour Kitchens', version: 2 });
    expect(await logged(insert.id)).toBe(2);
  });

  it('when one request contains it twice', async () => {
    const insert = mutation('notes', 'insert', { patch: { body: 'Called' } });
    const reply = await push(db, rep, [insert, insert]);
    expect(reply.body.results.map((r: { status: string }) => r.status)).toEqual(['applied', 'applied']);
    expect(await logged(insert.id)).toBe(1);
  });

  it('when the same request arrives twice at the same time', async () => {
    const inserts = Array.from({ length: 20 }, () =>
      mutation('notes', 'insert', { patch: { body: 'Called' } }),
    );
    const replies = await Promise.all(Array.from({ length: 6 }, () => push(db, rep, inserts)));
    for (const reply of replies) expect(reply.body.results).toEqual(replies[0]?.body.results);
    for (const { id } of inserts) expect(await logged(id)).toBe(1);
  });

  it('when a rejected one is repeated, with one conflict', async () => {
    const bad = mutation('companies', 'insert', { patch: { name: ' ' } });
    const first = await push(db, rep, [bad]);
    const again = await push(db, rep, [bad]);
    expect(first.body.results[0]).toMatchObject({
      status: 'rejected',
      error: { code: 'invalid_value', field: 'name' },
    });
    expect(again.body.results).toEqual(first.body.results);
    const kept = await db.query('select kind, patch from conflicts where mutation_id = $1', [
      bad.mutation_id,
    ]);
    expect(kept).toEqual([{ kind: 'rejected', patch: { name: ' ' } }]);
  });

  it('when the mutations of a request are out of order', async () => {
    const insert = mutation('companies', 'insert', { patch: { name: 'One' } });
    const edit = mutation('companies', 'update', {
      id: insert.id,
      base: { name: 'One' },
      patch: { name: 'Two' },
    });
    expect(await statuses(db, rep, [edit, insert])).toEqual(['merged', 'applied']);
    const [row] = await db.query('select name from companies where id = $1', [insert.id]);
    expect(row).toEqual({ name: 'Two' });
  });
});

it('applies the other 19 when one of 20 is bad', async () => {
  const inserts = Array.from({ length: 20 }, (_, i) =>
    mutation('companies', 'insert', { patch: { name: `No ${i}` } }),
  );
  Object.assign(inserts[7] ?? {}, { patch: { name: 'No 7', website: 'javascript:alert(1)' } });
  const reply = await push(db, rep, inserts);
  expect(reply.body.results.filter((r: { status: string }) => r.status === 'applied')).toHaveLength(19);
  expect(reply.body.results[7]).toMatchObject({
    status: 'rejected',
    error: { code: 'invalid_value', field: 'website' },
  });
  const [{ n }] = (await db.query('select count(*) as n from companies where id = any($1)', [
    inserts.map(({ id }) => id),
  ])) as [{ n: number }];
  expect(n).toBe(19);
});

it('blocks what depends on a rejected insert and keeps it', async () => {
  const company = mutation('companies', 'insert', { patch: { name: '' } });
  const contact = mutation('contacts', 'insert', { patch: { first_name: 'Ada', company_id: company.id } });
  const deal = mutation('deals', 'insert', { patch: { name: 'Big', contact_ids: [contact.id] } });
  const edit = mutation('companies', 'update', { id: company.id, patch: { segment: 'Hotels' } });
  expect(await statuses(db, rep, [company, contact, deal, edit])).toEqual([
    'rejected',
    'blocked',
    'blocked',
    'blocked',
  ]);
  const kept = await db.query('select kind from conflicts where author_id = $1 and record_id = any($2)', [
    rep,
    [company.id, contact.id, deal.id],
  ]);
  expect(kept).toHaveLength(4);
});

it('asks before applying a mutation older than the receipts', async () => {
  const old = new Date(Date.now() - 91 * 86_400_000).toISOString();
  const insert = mutation('companies', 'insert', { patch: { name: 'Late' }, occurred_at: old });
  const reply = await push(db, rep, [insert]);
  expect(reply.body.results[0]).toMatchObject({ status: 'conflict', error: { code: 'stale' } });
  expect(await db.query('select from companies where id = $1', [insert.id])).toHaveLength(0);
  const [kept] = await db.query(
    'select kind, patch, error ->> $2 as op from conflicts where record_id = $1',
    [insert.id, 'op'],
  );
  expect(kept).toEqual({ kind: 'stale', patch: { name: 'Late' }, op: 'insert' });
});

it('recovers from what a device pushes again after a restore', async () => {
  const company = mutation('companies', 'insert', { patch: { name: 'Before' } });
  const edit = mutation('companies', 'update', {
    id: company.id,
    base: { name: 'Before' },
    patch: { name: 'After' },
  });
  const lost = mutation('companies', 'insert', { patch: { name: 'Lost' } });
  await statuses(db, rep, [company, edit, lost]);
  // The backup has the company as it was inserted, and nothing of the rest.
  await db.query(`update companies set name = 'Before' where id = $1`, [company.id]);
  await db.query('delete from companies where id = $1', [lost.id]);
  await db.query('delete from private.receipts where mutation_id = any($1)', [
    [edit.mutation_id, lost.mutation_id],
  ]);
  expect(await statuses(db, rep, [company, edit, lost])).toEqual(['applied', 'merged', 'applied']);
  const rows = await db.query('select name from companies where id = any($1) order by name', [
    [company.id, lost.id],
  ]);
  expect(rows).toEqual([{ name: 'After' }, { name: 'Lost' }]);
  expect(await statuses(db, rep, [company, edit, lost])).toEqual(['applied', 'merged', 'applied']);
});

it('recovers a conflict’s decision after a restore from backup', async () => {
  const company = mutation('companies', 'insert', { patch: { name: 'Before' } });
  await statuses(db, rep, [company]);
  const colleague = await addMember(db, 'rep');
  const rename = (name: string) =>
    mutation('companies', 'update', { id: company.id, base: { name: 'Before' }, patch: { name } });
  await statuses(db, colleague, [rename('Theirs')]);
  const mine = rename('Mine');
  const conflicts = () =>
    db.query('select id, kind, resolution from conflicts where author_id = $1 and record_id = $2', [
      rep,
      company.id,
    ]);
  expect(await statuses(db, rep, [mine])).toEqual(['conflict']);
  const [asked] = await conflicts();
  const decision = mutation('conflicts', 'update', {
    id: asked?.id as string,
    base_version: 1,
    base: { resolved_at: null, resolution: null },
    patch: { resolved_at: new Date().toISOString(), resolution: 'theirs' },
  });
  expect(await statuses(db, rep, [decision])).toEqual(['applied']);
  // The backup is older than the conflict.
  await db.query('delete from conflicts where record_id = $1', [company.id]);
  await db.query('delete from private.receipts where mutation_id = any($1)', [
    [mine.mutation_id, decision.mutation_id],
  ]);
  expect(await statuses(db, rep, [mine, decision])).toEqual(['conflict', 'applied']);
  expect(await conflicts()).toEqual([{ id: asked?.id, kind: 'field', resolution: 'theirs' }]);
});

it('asks again about a change without a receipt after its decision', async () => {
  const occurred_at = new Date(Date.now() - 91 * 86_400_000).toISOString();
  const insert = mutation('companies', 'insert', { patch: { name: 'Late' }, occurred_at });
  const decide = () =>
    db.query(`update conflicts set resolved_at = now(), resolution = 'discarded' where record_id = $1`, [
      insert.id,
    ]);
  for (let times = 1; times <= 2; times += 1) {
    expect(await statuses(db, rep, [insert])).toEqual(['conflict']);
    expect(await db.query('select from conflicts where record_id = $1', [insert.id])).toHaveLength(times);
    await decide();
    await db.query('delete from private.receipts where mutation_id = $1', [insert.mutation_id]);
  }
});

it('accepts 500 mutations and refuses 501 without storing any', async () => {
  const inserts = Array.from({ length: 501 }, () => mutation('notes', 'insert', { patch: { body: 'x' } }));
  expect(await push(db, rep, inserts)).toMatchObject({ status: 413, body: { code: 'too_large' } });
  expect(await push(db, rep, inserts.slice(0, 500))).toMatchObject({ status: 200 });
});

it('refuses more than 2 MB in one call', async () => {
  const insert = mutation('notes', 'insert', { patch: { body: 'x'.repeat(5_000_000) } });
  expect(await push(db, rep, [insert])).toMatchObject({ status: 413, body: { code: 'too_large' } });
});

describe('a request that is not a push is refused', () => {
  const cases: [string, unknown][] = [
    ['a mutation without an id', [{ ...mutation('notes', 'insert'), id: 'x' }]],
    ['a patch that is a list', [{ ...mutation('notes', 'insert'), patch: [] }]],
    ['a seq that is text', [{ ...mutation('notes', 'insert'), seq: '1' }]],
    ['a mutation that is null', [null]],
    ['mutations that are an object', {}],
  ];
  it.each(cases)('%s', async (_name, mutations) => {
    const reply = await push(db, rep, mutations);
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });
});

describe('a value that does not fit its column is refused by field', () => {
  const cases: [string, string, unknown][] = [
    ['deals', 'amount', 'NaN'],
    ['deals', 'amount', 1e15],
    ['deals', 'amount', true],
    ['deals', 'currency', 'euro'],
    ['deals', 'stage', 'won'],
    ['deals', 'expected_close_on', 'infinity'],
    ['deals', 'expected_close_on', 'tomorrow'],
    ['deals', 'expected_close_on', '2026-02-30'],
    ['deals', 'closed_at', '2026-02-03'],
    ['deals', 'tags', ['a', null]],
    ['deals', 'tags', 'a'],
    ['deals', 'tags', null],
    ['deals', 'contact_ids', ['x']],
    ['deals', 'name', { a: 1 }],
    ['deals', 'name', 'x'.repeat(301)],
    ['deals', 'created_by', randomUUID()],
    ['deals', 'version', 7],
    ['deals', 'xid', '1'],
    ['deals', 'deleted_at', '2026-02-03T00:00:00Z'],
    ['deals', 'merged_into', randomUUID()],
    ['deals', 'nonsense', 1],
    ['notes', 'author_id', randomUUID()],
    ['notes', 'occurred_at', 'infinity'],
    ['contacts', 'emails', [{ label: 'Work' }]],
    ['contacts', 'emails', [{ value: 'a@example.com' }, { value: 'a@example.com', label: 'Work' }]],
    ['contacts', 'phones', { value: '1' }],
    ['companies', 'priority', 'E'],
    ['companies', 'linkedin_url', 'ftp://example.com'],
    ['companies', 'description', 'x'.repeat(20_001)],
  ];
  const required: Record<string, Record<string, unknown>> = {
    deals: { name: 'Deal' },
    notes: { body: 'Note' },
    contacts: { first_name: 'Ada' },
    companies: { name: 'Company' },
  };
  it.each(cases)('%s.%s = %j', async (entity, field, value) => {
    const reply = await push(db, rep, [
      mutation(entity, 'insert', { patch: { ...required[entity], [field]: value } }),
    ]);
    expect(reply.body.results[0]).toMatchObject({
      status: 'rejected',
      error: { code: 'invalid_value', field },
    });
  });
});

it.each(['members', 'conflicts', 'activity_logs', 'invitations', 'pg_class'])(
  'no device can insert into %s',
  async (entity) => {
    const reply = await push(db, rep, [mutation(entity, 'insert', { patch: {} })]);
    expect(reply.body.results[0].status).toBe('rejected');
  },
);
