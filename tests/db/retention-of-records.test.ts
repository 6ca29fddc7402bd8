import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ageLog, enforceRetention } from './aged';
import { addMember, createDatabase, type Database } from './database';
import { mutation, pull, statuses } from './rpc';

let db: Database;
let rep: string;
let manager: string;

beforeAll(async () => {
  db = await createDatabase();
  rep = await addMember(db, 'rep');
  manager = await addMember(db, 'manager');
});
afterAll(() => db.drop());

const enforce = () => enforceRetention(db);

describe('a tombstone', () => {
  const deleted = async (entity: string, patch: Record<string, unknown>, age: string) => {
    const { id } = mutation(entity, 'insert');
    await statuses(db, rep, [mutation(entity, 'insert', { id, patch })]);
    await statuses(db, rep, [mutation(entity, 'delete', { id })]);
    await db.query(
      `alter table ${entity} disable trigger stamp_record; alter table ${entity} disable trigger log_updates`,
    );
    await db.query(`update ${entity} set deleted_at = now() - $1::interval where id = $2`, [age, id]);
    await db.query(
      `alter table ${entity} enable trigger stamp_record; alter table ${entity} enable trigger log_updates`,
    );
    return id;
  };
  const row = async (entity: string, id: string) =>
    (await db.query(`select to_jsonb(t) as row from ${entity} t where id = $1`, [id]))[0]?.row as Record<
      string,
      unknown
    >;

  it('is blanked after 30 days and stays a tombstone', async () => {
    const young = await deleted('contacts', { first_name: 'Ada' }, '719 hours');
    const old = await deleted(
      'contacts',
      { first_name: 'Bea', emails: [{ value: 'b@example.com', label: null }], tags: ['a'] },
      '721 hours',
    );
    const before = await row('contacts', old);
    expect((await enforce()).contacts).toBe(1);
    expect(await row('contacts', young)).toMatchObject({ first_name: 'Ada' });
    expect(await row('contacts', old)).toMatchObject({
      first_name: null,
      emails: [],
      tags: [],
      version: before.version,
      deleted_at: before.deleted_at,
    });
    expect((await enforce()).contacts).toBe(0);
  });

  it.each([
    ['companies', { name: 'One', website: 'https://example.com' }],
    ['deals', { name: 'Big', amount: 5, stage: 'closed_won' }],
    ['notes', { body: 'Secret' }],
    ['tasks', { title: 'Secret', due_on: '2026-01-01' }],
    ['saved_views', { entity: 'contacts', name: 'Secret' }],
    ['import_batches', { entity: 'contacts', file_name: 'secret.csv' }],
  ])('of %s loses all its content', async (entity, patch) => {
    const id = await deleted(entity, patch, '721 hours');
    await enforce();
    expect(JSON.stringify(await row(entity, id))).not.toMatch(/One|example|Big|Secret|secret/);
  });

  it('logs nothing when it is blanked', async () => {
    const id = await deleted('notes', { body: 'Secret' }, '721 hours');
    const count = () => db.query('select count(*) as n from activity_logs where entity_id = $1', [id]);
    const before = await count();
    await enforce();
    expect(await count()).toEqual(before);
  });

  it('is blanked on every device, even after a year away', async () => {
    const { id } = mutation('notes', 'insert');
    await statuses(db, rep, [mutation('notes', 'insert', { id, patch: { body: 'Secret' } })]);
    const away = await pull(db, rep);
    await statuses(db, rep, [mutation('notes', 'delete', { id })]);
    const here = await pull(db, rep);
    await db.query(`update notes set deleted_at = now() - interval '1 year' where id = $1`, [id]);
    await enforce();
    for (const { cursor } of [away, here])
      expect((await pull(db, rep, cursor)).rows.notes).toContainEqual(
        expect.objectContaining({ id, body: null, deleted_at: expect.any(String) }),
      );
    expect((await pull(db, rep)).rows.notes ?? []).not.toContainEqual(expect.objectContaining({ id }));
  });

  it('that others reference does not stop the rest', async () => {
    const company = await deleted('companies', { name: 'Secret' }, '721 hours');
    await statuses(db, rep, [
      mutation('contacts', 'insert', { patch: { first_name: 'Ada', company_id: company } }),
    ]);
    await enforce();
    expect(await row('companies', company)).toMatchObject({ name: null });
  });

  it('removes its conflicts', async () => {
    const id = await deleted('contacts', { first_name: 'Ada' }, '1 hour');
    await statuses(db, rep, [
      mutation('contacts', 'update', { id, base: { title: null }, patch: { title: 'Secret' } }),
    ]);
    await db.query(`update contacts set deleted_at = now() - interval '721 hours' where id = $1`, [id]);
    await enforce();
    const [conflict] = await db.query(
      'select patch, mine, base, theirs, resolution from conflicts where record_id = $1',
      [id],
    );
    expect(conflict).toEqual({ patch: null, mine: null, base: null, theirs: null, resolution: 'expired' });
  });

  it('and its conflicts lose content without logging it', async () => {
    const id = await deleted('contacts', { first_name: 'Ada' }, '1 hour');
    const here = await pull(db, rep);
    await statuses(db, rep, [
      mutation('contacts', 'update', { id, base: { title: null }, patch: { title: 'Confidential' } }),
    ]);
    await db.query(`update contacts set deleted_at = now() - interval '721 hours' where id = $1`, [id]);
    await enforce();
    expect(await db.query(`select from activity_logs where changes::text like '%Confidential%'`)).toEqual([]);
    const [updated, anew] = [await pull(db, rep, here.cursor), await pull(db, rep)];
    const about = ({ record_id }: Record<string, unknown>) => record_id === id;
    expect(updated.rows.conflicts?.filter(about)).toHaveLength(1);
    expect(anew.rows.conflicts?.filter(about)).toEqual(updated.rows.conflicts?.filter(about));
  });

  it('can be restored only together with its content', async () => {
    const id = await deleted('companies', { name: 'Secret' }, '721 hours');
    await enforce();
    expect(await statuses(db, rep, [mutation('companies', 'restore', { id })])).toEqual(['rejected']);
    expect(
      await statuses(db, rep, [
        mutation('companies', 'restore', { id, base: { name: 'Secret' }, patch: { name: 'Back' } }),
      ]),
    ).toEqual(['applied']);
    expect(await row('companies', id)).toMatchObject({ name: 'Back', deleted_at: null, blanked_at: null });
  });
});

describe('a conflict', () => {
  const contact = async () => {
    const made = mutation('contacts', 'insert', {
      patch: { first_name: 'Ada', title: 'Cook', city: 'Bergen' },
    });
    await statuses(db, manager, [made]);
    return made.id;
  };
  const clash = async (id: string) => {
    await statuses(db, rep, [
      mutation('contacts', 'update', { id, base: { title: 'Waiter' }, patch: { title: 'Chef' } }),
    ]);
    const [kept] = await db.query<{ id: string; theirs_by: string | null; theirs_at: string | null }>(
      'select id, theirs_by, theirs_at from conflicts where record_id = $1',
      [id],
    );
    return kept as NonNullable<typeof kept>;
  };

  it('names nobody after the log has forgotten the author', async () => {
    const id = await contact();
    const other = await addMember(db, 'rep');
    await statuses(db, other, [
      mutation('contacts', 'update', { id, base: { title: 'Cook' }, patch: { title: 'Sommelier' } }),
    ]);
    await ageLog(db, 'action = $2 and entity_id = $3', '721 hours', 'update', id);
    await statuses(db, manager, [
      mutation('contacts', 'update', { id, base: { city: 'Bergen' }, patch: { city: 'Oslo' } }),
    ]);
    expect(await clash(id)).toMatchObject({ theirs_by: null, theirs_at: null });
  });

  it('about an unchanged record names its creator', async () => {
    expect(await clash(await contact())).toMatchObject({ theirs_by: manager });
  });

  it('no longer names anyone 30 days after its decision', async () => {
    const ids = [await clash(await contact()), await clash(await contact())].map(({ id }) => id);
    for (const [place, hours] of [719, 721].entries())
      await db.query(
        `update conflicts set resolution = 'theirs', resolved_at = now() - $1::interval where id = $2`,
        [`${hours} hours`, ids[place]],
      );
    const told = () =>
      db.query(
        `select theirs_by is null and theirs_at is null and mine is null and theirs is null and base is null
           and patch is null as blank, resolution from conflicts where id = any($1) order by resolved_at desc`,
        [ids],
      );
    const entries = () =>
      db.query('select count(*) as n from activity_logs where entity_id = any($1)', [ids]);
    const before = await entries();
    await enforce();
    expect(await told()).toEqual([
      { blank: false, resolution: 'theirs' },
      { blank: true, resolution: 'theirs' },
    ]);
    expect(await entries()).toEqual(before);
    expect((await enforce()).conflicts).toBe(0);
  });

  it('that is being decided waits a night without blocking', async () => {
    const { id } = await clash(await contact());
    await db.query(`update conflicts set resolved_at = now() - interval '721 hours' where id = $1`, [id]);
    const client = await db.connect();
    await client.query('begin');
    await client.query('select from conflicts where id = $1 for update', [id]);
    await db.query(`set lock_timeout = '5s'; select private.enforce_retention(); reset lock_timeout`);
    await client.query('rollback');
    client.release();
    expect((await enforce()).conflicts).toBe(1);
  });
});
