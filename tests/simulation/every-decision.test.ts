import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Conflict } from '$lib/entities/conflict';
import type { Row } from '$lib/entities/registry';
import { applyAgain, giveUp, resolveField } from '$lib/features/conflicts/mutations';
import { createRemote } from '$lib/remote/remote';
import { setCurrentStore } from '$lib/store/current';
import { mergeRecords } from '$lib/store/merge-records';
import { mutate } from '$lib/store/write';
import type { Edit } from '$lib/entities/mutation';
import { openStore, type Store } from '$lib/store/store';
import { runCycle } from '$lib/sync/cycle';
import { addMember, createDatabase, type Database } from '../db/database';
import { mutation, rpc, statuses, type Mutation, type Rpc } from '../db/rpc';

let db: Database;
let me: string;
let colleague: string;
let admin: string;
let store: Store;

beforeAll(async () => {
  db = await createDatabase();
  colleague = await addMember(db, 'rep');
  admin = await addMember(db, 'admin');
});
afterAll(() => db.drop());

beforeEach(async () => {
  me = await addMember(db, 'rep');
  store = await openStore(me);
  setCurrentStore(store);
  return async () => {
    setCurrentStore(undefined);
    await store.db.delete();
  };
});

async function sync(): Promise<void> {
  const remote = createRemote(async (name, request) => {
    const { body } = await rpc(db, me, name as Rpc, request);
    return { ok: true as const, body: JSON.parse(JSON.stringify(body)) as unknown };
  });
  expect(await runCycle(store, remote)).toEqual({ failure: undefined });
}

const contact = (op: 'update' | 'restore' | 'insert', id: string, values: object): Edit =>
  ({ op, entity: 'contacts', id, values }) as Edit;
const update = (id: string, values: object) => contact('update', id, values);

/** What the colleague does meanwhile, having seen nothing of it. */
const theirs = (op: string, id: string, more: Partial<Mutation> = {}) =>
  statuses(db, colleague, [mutation('contacts', op, { id, ...more })]);
const retitle = (id: string) => theirs('update', id, { base: { title: null }, patch: { title: 'Theirs' } });
const remove = (id: string) => theirs('delete', id);
const unite = (into: string, from: string[]) => theirs('merge', into, { into, from, choices: {} });

/** The people of one story: all are contacts that are on the device and on the server. */
interface People {
  ada: string;
  bea: string;
  cy: string;
}

async function people(): Promise<People> {
  const [ada, bea, cy] = [store.newId(), store.newId(), store.newId()];
  await mutate(store, [
    contact('insert', ada, { first_name: 'Ada' }),
    contact('insert', bea, { first_name: 'Bea', city: 'Bergen' }),
    contact('insert', cy, { first_name: 'Cy', department: 'Bar' }),
  ]);
  await sync();
  return { ada, bea, cy };
}

const mergeInto = (id: string, from: string[], choices: Record<string, string> = {}) =>
  mergeRecords(store, { entity: 'contacts', id, from, choices });

/** How a conflict comes about: what this device does, and what has happened on the server when it arrives. */
type Story = (who: People) => Promise<unknown>;

/** As if the device had lain in a drawer: the server finds what waits more than 90 days old. */
const inADrawer = async () => {
  const old = new Date(Date.now() - 91 * 86_400_000).toISOString();
  await store.db.outbox.where('state').equals('pending').modify({ occurred_at: old, known_at: undefined });
};
const late =
  (does: Story): Story =>
  async (who) => {
    await does(who);
    await inADrawer();
  };
/** The server refuses it because its author may not write, and lets them write again. */
const forbidden =
  (does: Story): Story =>
  async (who) => {
    await does(who);
    await setRole('read_only');
    await sync();
    await setRole('rep');
  };
const setRole = (role: string) => db.query('update public.members set role = $1 where id = $2', [role, me]);

const retitled: Story = ({ ada }) => mutate(store, [update(ada, { title: 'Mine' })]);
const removed: Story = ({ ada }) => mutate(store, [{ op: 'delete', entity: 'contacts', id: ada }]);
const merged: Story = ({ ada, bea, cy }) => mergeInto(ada, [bea, cy], { city: bea });
const added: Story = ({ ada }) =>
  mutate(store, [contact('insert', store.newId(), { first_name: 'Dee', title: 'Mine', background: ada })]);
const restored: Story = async ({ ada }) => {
  await remove(ada);
  await sync();
  await mutate(store, [contact('restore', ada, { title: 'Mine' })]);
};
/** A group whose other part the server refuses; the company is there by the time it is tried again. */
const inAGroup =
  (...does: ((who: People) => Edit)[]): Story =>
  async (who) => {
    const company = store.newId();
    const impossible: Edit = {
      ...{ op: 'insert', entity: 'tasks', id: store.newId() },
      values: { title: 'Call', company_id: company },
    };
    await mutate(store, [...does.map((each) => each(who)), impossible], { group: true });
    await sync();
    await statuses(db, colleague, [
      mutation('companies', 'insert', { id: company, patch: { name: 'Late' } }),
    ]);
  };

const stories: Record<string, Story> = {
  'field, update': async (who) => (await retitle(who.ada), retitled(who)),
  'field, restore': async (who) => {
    await remove(who.ada);
    await sync();
    await theirs('restore', who.ada, { patch: { title: 'Theirs' } });
    await mutate(store, [contact('restore', who.ada, { title: 'Mine' })]);
  },
  'field, update, deleted since': async (who) => {
    await retitle(who.ada);
    await retitled(who);
    await sync();
    await remove(who.ada);
  },
  'deleted, update': async (who) => (await remove(who.ada), retitled(who)),
  'deleted, merge, the one that stays': async (who) => (await remove(who.ada), merged(who)),
  'deleted, merge, one that goes': async (who) => (await remove(who.bea), merged(who)),
  'deleted, merge, the last one that goes': async (who) => (await remove(who.cy), merged(who)),
  'deleted, merge, the one that stays and one that goes': async (who) => {
    await remove(who.ada);
    await remove(who.bea);
    await merged(who);
  },
  'deleted, merge, the one that stays was merged elsewhere': async (who) => {
    const [other] = await others(1);
    await unite(String(other), [who.ada]);
    await merged(who);
  },
  'deleted, merge, one that goes was merged elsewhere': async (who) => {
    const [other] = await others(1);
    await unite(String(other), [who.bea]);
    await merged(who);
  },
  'deleted, an edit and a merge of the same': async (who) => {
    await remove(who.bea);
    await mutate(store, [update(who.bea, { title: 'Mine' })]);
    await merged(who);
  },
  'rejected, insert': forbidden(added),
  'rejected, update': forbidden(retitled),
  'rejected, delete': forbidden(removed),
  'rejected, restore': forbidden(restored),
  'rejected, merge': forbidden(merged),
  'rejected, update, deleted since': async (who) => (await forbidden(retitled)(who), remove(who.ada)),
  'rejected, merge, deleted since': async (who) => (await forbidden(merged)(who), remove(who.bea)),
  'blocked, insert': inAGroup(() => contact('insert', store.newId(), { first_name: 'Dee' })),
  'blocked, update': inAGroup(({ ada }) => update(ada, { title: 'Mine' })),
  'blocked, delete': inAGroup(({ ada }) => ({ op: 'delete', entity: 'contacts', id: ada })),
  'stale, insert': late(added),
  'stale, update': late(retitled),
  'stale, delete': late(removed),
  'stale, restore': late(restored),
  'stale, merge': late(merged),
};

/** More contacts, of a colleague. */
async function others(count: number): Promise<string[]> {
  const made = Array.from({ length: count }, () =>
    mutation('contacts', 'insert', { patch: { first_name: 'Other' } }),
  );
  await statuses(db, colleague, made);
  await sync();
  return made.map(({ id }) => id);
}

const buttons: Record<string, (conflict: Conflict) => Promise<void>> = {
  'Use mine': (conflict) => resolveField(conflict, 'mine', conflict.mine),
  'Keep theirs': (conflict) => resolveField(conflict, 'theirs'),
  'Save this value': (conflict) => resolveField(conflict, 'edited', 'Both'),
  'Restore with my change, or Try again': applyAgain,
  'Keep deleted, or Discard': giveUp,
};
const forField = ['Use mine', 'Keep theirs', 'Save this value'];

const cases = Object.keys(stories).flatMap((story) =>
  Object.keys(buttons)
    .filter((button) => forField.includes(button) === story.startsWith('field'))
    .map((button) => [story, button] as const),
);

const conflictsHere = async () => (await store.db.rows('conflicts').toArray()) as Conflict[];
const conflictsThere = () =>
  db.query<{ id: string; resolved_at: string | null }>(
    'select * from public.conflicts where author_id = $1',
    [me],
  );

describe('every kind of conflict, whatever was done, ends by each of its buttons', () => {
  test.each(cases)('%s: %s', async (story, button) => {
    const who = await people();
    await stories[story]?.(who);
    await sync();
    const asked = (await conflictsHere()).filter(({ resolved_at }) => resolved_at === null);
    const [kind] = story.split(',');
    const conflict = asked.find((each) => each.kind === kind);
    if (!conflict) throw new Error(`No conflict is ${kind}, but ${asked.map((each) => each.kind).join()}.`);
    await buttons[button]?.(conflict);
    await sync();
    const [here, there] = [await conflictsHere(), await conflictsThere()];
    expect(here.map(({ id }) => id).sort(), 'no other card').toEqual(asked.map(({ id }) => id).sort());
    expect(there.map(({ id }) => id).sort()).toEqual(here.map(({ id }) => id).sort());
    for (const rows of [here, there])
      expect(rows.find(({ id }) => id === conflict.id)?.resolved_at, 'decided').not.toBeNull();
  });
});

const onServer = async (id: string) =>
  (
    await db.query<{ row: Row<'contacts'> }>('select to_jsonb(t) as row from contacts t where id = $1', [id])
  )[0]?.row;

test.each(['the one that stays', 'one that goes', 'the one that stays and one that goes'])(
  'restored with the merge that met the deletion of %s, they are one record',
  async (which) => {
    const who = await people();
    await stories[`deleted, merge, ${which}`]?.(who);
    await sync();
    for (const conflict of await conflictsHere()) await applyAgain(conflict);
    await sync();
    expect(await onServer(who.ada)).toMatchObject({ city: 'Bergen', department: 'Bar', deleted_at: null });
    for (const id of [who.bea, who.cy])
      expect(await onServer(id)).toMatchObject({ merged_into: who.ada, deleted_at: expect.any(String) });
  },
);

test('a choice of a value from a record that was left out of a merge is no value', async () => {
  const who = await people();
  await remove(who.bea);
  await merged(who);
  await sync();
  expect(await onServer(who.ada)).toMatchObject({ city: null, department: 'Bar' });
});

test('a release that restores with the arguments of a merge gets both', async () => {
  const who = await people();
  await remove(who.bea);
  await merged(who);
  await sync();
  const patch = { into: who.ada, from: [who.bea, who.cy], choices: { city: who.bea } };
  expect(await statuses(db, me, [mutation('contacts', 'restore', { id: who.bea, patch })])).toEqual([
    'applied',
  ]);
  expect(await onServer(who.bea)).toMatchObject({ merged_into: who.ada });
  expect(await onServer(who.ada)).toMatchObject({ city: 'Bergen' });
});

test.each([1, 3])(
  'a decision that the server refuses leaves one card with the reason, pressed %i times',
  async (times) => {
    const who = await people();
    await retitle(who.ada);
    await retitled(who);
    await sync();
    await setRole('read_only');
    for (let pressed = 0; pressed < times; pressed += 1) {
      const [conflict] = await conflictsHere();
      await resolveField(conflict as Conflict, 'edited', 'Both of us');
      await sync();
    }
    expect(await conflictsHere()).toMatchObject([
      {
        kind: 'field',
        ...{ mine: 'Both of us', theirs: 'Theirs', resolved_at: null },
        error: { code: 'read_only', message: "Read-only members can't change records." },
      },
    ]);
    await setRole('rep');
    await resolveField((await conflictsHere())[0] as Conflict, 'mine', 'Both of us');
    await sync();
    expect(await onServer(who.ada)).toMatchObject({ title: 'Both of us' });
    expect(await conflictsThere()).toMatchObject([{ resolved_at: expect.any(String) }]);
  },
);

test('nobody keeps a refusal in the question of somebody else', async () => {
  const who = await people();
  await retitle(who.ada);
  await retitled(who);
  await sync();
  const [conflict] = await conflictsThere();
  const group_id = crypto.randomUUID();
  const forged = [
    mutation('conflicts', 'update', {
      ...{ id: conflict?.id as string, group_id },
      patch: { resolved_at: new Date().toISOString(), resolution: 'mine' },
    }),
    mutation('contacts', 'update', { id: who.ada, group_id, patch: { title: 5 as never } }),
  ];
  expect(await statuses(db, admin, forged)).not.toContain('applied');
  expect(await conflictsThere()).toMatchObject([{ resolved_at: null, error: null, mine: 'Mine' }]);
});
