import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import type { Conflict } from '$lib/entities/conflict';
import type { Row } from '$lib/entities/registry';
import { createRemote } from '$lib/remote/remote';
import { setCurrentStore } from '$lib/store/current';
import { mergeRecords } from '$lib/store/merge-records';
import { mutate } from '$lib/store/write';
import type { Edit } from '$lib/entities/mutation';
import { openStore, type Store } from '$lib/store/store';
import { runCycle } from '$lib/sync/cycle';
import { addMember, createDatabase, type Database } from '../db/database';
import { mutation, rpc, statuses, type Mutation, type Rpc } from '../db/rpc';

export let db: Database;
/** The person of the device. */
export let me: string;
export let colleague: string;
export let admin: string;
export let store: Store;

/** Gives a file a server with a team, and each test of it a new person with a device. */
export function withDevice(): void {
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
}

/** Lets the device exchange its changes with the server. */
export async function sync(): Promise<void> {
  const remote = createRemote(async (name, request) => {
    const { body } = await rpc(db, me, name as Rpc, request);
    return { ok: true as const, body: JSON.parse(JSON.stringify(body)) as unknown };
  });
  expect(await runCycle(store, remote)).toEqual({ failure: undefined });
}

/** An edit of a contact on this device. */
export const contact = (op: 'update' | 'restore' | 'insert', id: string, values: object): Edit =>
  ({ op, entity: 'contacts', id, values }) as Edit;
export const update = (id: string, values: object) => contact('update', id, values);

/** The colleague's edits meanwhile, made without seeing the first person's. */
export const theirs = (op: string, id: string, more: Partial<Mutation> = {}) =>
  statuses(db, colleague, [mutation('contacts', op, { id, ...more })]);
export const retitle = (id: string) =>
  theirs('update', id, { base: { title: null }, patch: { title: 'Theirs' } });
export const remove = (id: string) => theirs('delete', id);
export const unite = (into: string, from: string[]) => theirs('merge', into, { into, from, choices: {} });

/** The people of one story: all are contacts that are on the device and on the server. */
export interface People {
  ada: string;
  bea: string;
  cy: string;
}

export async function people(): Promise<People> {
  const [ada, bea, cy] = [store.newId(), store.newId(), store.newId()];
  await mutate(store, [
    contact('insert', ada, { first_name: 'Ada' }),
    contact('insert', bea, { first_name: 'Bea', city: 'Bergen' }),
    contact('insert', cy, { first_name: 'Cy', department: 'Bar' }),
  ]);
  await sync();
  return { ada, bea, cy };
}

/** Merges contacts on this device. */
export const mergeInto = (id: string, from: string[], choices: Record<string, string> = {}) =>
  mergeRecords(store, { entity: 'contacts', id, from, choices });

/** More contacts, of a colleague. */
export async function others(count: number): Promise<string[]> {
  const made = Array.from({ length: count }, () =>
    mutation('contacts', 'insert', { patch: { first_name: 'Other' } }),
  );
  await statuses(db, colleague, made);
  await sync();
  return made.map(({ id }) => id);
}

/** Gives the person of the device another role, as an admin does. */
export const setRole = (role: string) =>
  db.query('update public.members set role = $1 where id = $2', [role, me]);

/** The conflicts that the device holds. */
export const conflictsHere = async () => (await store.db.rows('conflicts').toArray()) as Conflict[];
/** The conflicts of this person that the server holds. */
export const conflictsThere = () =>
  db.query<{ id: string; resolved_at: string | null }>(
    'select * from public.conflicts where author_id = $1',
    [me],
  );

/** A contact as the server has it. */
export const onServer = async (id: string) =>
  (
    await db.query<{ row: Row<'contacts'> }>('select to_jsonb(t) as row from contacts t where id = $1', [id])
  )[0]?.row;
