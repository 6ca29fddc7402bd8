import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember, createDatabase, type Database } from './database';
import { mutation, push, rpc, statuses } from './rpc';

let db: Database;
let admin: string;

beforeAll(async () => {
  db = await createDatabase();
  admin = await addMember(db, 'admin');
});
afterAll(() => db.drop());

/** Signs up like the sign-in service, in its role; rejects if the sign-up is refused. */
async function signUp(email: string, metadata: Record<string, unknown> = {}) {
  const id = randomUUID();
  const client = await db.connect();
  try {
    await client.query('set role supabase_auth_admin');
    await client.query('insert into auth.users (id, email, raw_user_meta_data) values ($1, $2, $3)', [
      id,
      email,
      metadata,
    ]);
  } finally {
    await client.query('reset role');
    client.release();
  }
  return id;
}

async function invite(email: string, role = 'rep'): Promise<string> {
  const reply = await rpc(db, admin, 'invite', { email, role });
  expect(reply.status).toBe(200);
  return reply.body.code;
}

const member = async (id: string) =>
  (await db.query('select email, full_name, role, active from members where id = $1', [id]))[0];
const refused = { code: 'PT403', message: 'invitation_required' };

describe('an invitation', () => {
  it('lets in its person with its role', async () => {
    const code = await invite('ann@example.com', 'manager');
    const id = await signUp('Ann@example.com', {
      invitation_code: ` ${code.toLowerCase()} `,
      full_name: 'Ann',
    });
    expect(await member(id)).toEqual({
      email: 'Ann@example.com',
      full_name: 'Ann',
      role: 'manager',
      active: true,
    });
    expect(await db.query('select action, user_id from activity_logs where entity_id = $1', [id])).toEqual([
      { action: 'create', user_id: id },
    ]);
  });

  it('works once', async () => {
    const code = await invite('bob@example.com');
    await signUp('bob@example.com', { invitation_code: code });
    await db.query(`update auth.users set email = 'bob.old@example.com' where email = 'bob@example.com'`);
    await expect(signUp('bob@example.com', { invitation_code: code })).rejects.toMatchObject(refused);
  });

  it('works only for its address', async () => {
    const code = await invite('cleo@example.com');
    await expect(signUp('mallory@example.com', { invitation_code: code })).rejects.toMatchObject(refused);
    await expect(signUp('cleo@example.com', { invitation_code: 'x' })).rejects.toMatchObject(refused);
    await expect(signUp('cleo@example.com')).rejects.toMatchObject(refused);
    expect(await member(await signUp('cleo@example.com', { invitation_code: code }))).toMatchObject({
      role: 'rep',
    });
  });

  it('works for 7 days', async () => {
    const code = await invite('dan@example.com');
    await db.query(
      `update invitations set expires_at = now() - interval '1 second' where email = 'dan@example.com'`,
    );
    await expect(signUp('dan@example.com', { invitation_code: code })).rejects.toMatchObject(refused);
    const { body } = await rpc(db, admin, 'invite', { email: 'dan@example.com', role: 'rep' });
    expect(Math.round((Date.parse(body.expires_at) - Date.now()) / 86_400_000)).toBe(7);
  });

  it('voids the one before it', async () => {
    const first = await invite('eve@example.com');
    await invite('eve@example.com');
    await expect(signUp('eve@example.com', { invitation_code: first })).rejects.toMatchObject(refused);
  });

  it('lets in one of two simultaneous sign-ups', async () => {
    const code = await invite('fay@example.com');
    await db.query('alter table auth.users drop constraint users_email_key');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () => signUp('fay@example.com', { invitation_code: code })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is stored as a hash', async () => {
    const code = await invite('gus@example.com');
    const [row] = await db.query('select to_jsonb(i)::text as text from invitations i where email = $1', [
      'gus@example.com',
    ]);
    expect(row?.text).not.toContain(code);
    expect(row?.text).not.toContain(code.replaceAll('-', ''));
  });

  it('is logged', async () => {
    await invite('hal@example.com');
    const [log] = await db.query(
      `select l.action, l.user_id from activity_logs l join invitations i on i.id = l.entity_id where i.email = 'hal@example.com'`,
    );
    expect(log).toEqual({ action: 'invite', user_id: admin });
  });

  it.each(['manager', 'rep', 'read_only'] as const)('cannot be created by a %s', async (role) => {
    const reply = await rpc(db, await addMember(db, role), 'invite', { email: 'x@example.com', role: 'rep' });
    expect(reply).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it.each([
    {},
    { email: 'x@example.com' },
    { email: 'x', role: 'rep' },
    { email: 'x@example.com', role: 'owner' },
    null,
  ])('cannot be created from %j', async (request) => {
    expect(await rpc(db, admin, 'invite', request)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  });

  it('cannot be created for a current member', async () => {
    const email = `${admin}@example.com`.toUpperCase();
    expect(await rpc(db, admin, 'invite', { email, role: 'rep' })).toMatchObject({
      status: 409,
      body: { code: 'duplicate' },
    });
  });
});

describe('the first sign-up', () => {
  let fresh: Database;
  beforeAll(async () => {
    fresh = await createDatabase();
  });
  afterAll(() => fresh.drop());
  const first = (email: string) =>
    fresh.query('insert into auth.users (id, email) values (gen_random_uuid(), $1)', [email]);

  it('needs an invitation unless the installation says otherwise', async () => {
    await expect(first('mallory@example.com')).rejects.toMatchObject(refused);
  });

  it('becomes the only admin, even in a race, if so configured', async () => {
    await fresh.query(`update private.settings set value = 'true' where name = 'first_signup_becomes_admin'`);
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((name) => first(`${name}@example.com`)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await fresh.query('select role from members')).toEqual([{ role: 'admin' }]);
    await expect(first('z@example.com')).rejects.toMatchObject(refused);
  });

  it('of a member added by the database owner is accepted', async () => {
    const id = await addMember(fresh, 'rep');
    await fresh.query('insert into auth.users (id, email) values ($1, $2)', [id, 'seed@example.com']);
    expect(await fresh.query('select role from members where id = $1', [id])).toEqual([{ role: 'rep' }]);
  });
});

it("a changed sign-in address becomes the member's address", async () => {
  const id = await signUp('ida@example.com', { invitation_code: await invite('ida@example.com') });
  await db.query('update auth.users set email = $1 where id = $2', ['ida.new@example.com', id]);
  expect(await member(id)).toMatchObject({ email: 'ida.new@example.com' });
});

describe('the team', () => {
  const change = (id: string, base: Record<string, unknown>, patch: Record<string, unknown>) =>
    mutation('members', 'update', { id, base, patch });

  it('a member can change only their own name', async () => {
    const [rep, other] = [await addMember(db, 'rep'), await addMember(db, 'rep')];
    const rename = (id: string) => change(id, { full_name: 'The rep' }, { full_name: 'Mo' });
    expect(await statuses(db, rep, [rename(rep)])).toEqual(['merged']);
    expect((await push(db, rep, [rename(other)])).body.results[0]).toMatchObject({
      status: 'rejected',
      error: { code: 'forbidden' },
    });
  });

  it.each(['manager', 'rep'] as const)('a %s cannot change anyone’s role or access', async (role) => {
    const [self, other] = [await addMember(db, role), await addMember(db, 'rep', { active: false })];
    for (const attempt of [
      change(self, { role }, { role: 'admin' }),
      change(other, { role: 'rep' }, { role: 'admin' }),
      change(other, { active: false }, { active: true }),
      change(self, { email: 'y@example.com' }, { email: 'x@example.com' }),
    ])
      expect(await statuses(db, self, [attempt])).toEqual(['rejected']);
  });

  it('an admin can change roles and access, except the last admin’s', async () => {
    const other = await addMember(db, 'admin');
    const demote = (id: string) => change(id, { role: 'admin' }, { role: 'rep' });
    expect(await statuses(db, admin, [demote(other)])).toEqual(['merged']);
    for (const mutations of [[demote(admin)], [change(admin, { active: true }, { active: false })]])
      expect((await push(db, admin, mutations)).body.results[0]).toMatchObject({
        status: 'rejected',
        error: { code: 'last_admin' },
      });
  });

  it('two admins who demote each other at once leave one', async () => {
    const other = await addMember(db, 'admin');
    const demote = (id: string) => change(id, { role: 'admin' }, { role: 'rep' });
    await Promise.all([push(db, admin, [demote(other)]), push(db, other, [demote(admin)])]);
    expect(await db.query(`select from members where role = 'admin' and active`)).toHaveLength(1);
    await db.query(`update members set role = 'admin' where id = $1`, [admin]);
  });
});

describe('the owner of a record', () => {
  const owned = async (owner_id: string | null) => {
    const made = mutation('deals', 'insert', { patch: { name: 'Big', owner_id } });
    await statuses(db, admin, [made]);
    return (userId: string, next: string | null) =>
      statuses(db, userId, [
        mutation('deals', 'update', { id: made.id, base: { owner_id }, patch: { owner_id: next } }),
      ]);
  };

  it('can be changed by a manager', async () => {
    const [manager, rep] = [await addMember(db, 'manager'), await addMember(db, 'rep')];
    expect(await (await owned(rep))(manager, manager)).toEqual(['merged']);
    expect(await (await owned(rep))(admin, null)).toEqual(['merged']);
  });

  it('cannot be changed by a rep, except from nobody', async () => {
    const [rep, other] = [await addMember(db, 'rep'), await addMember(db, 'rep')];
    expect(await (await owned(other))(rep, rep)).toEqual(['rejected']);
    expect(await (await owned(rep))(rep, other)).toEqual(['rejected']);
    expect(await (await owned(null))(rep, other)).toEqual(['rejected']);
    expect(await (await owned(null))(rep, rep)).toEqual(['merged']);
  });
});
