import { mutate } from '$lib/store/write';
import type { Edit } from '$lib/entities/mutation';
import { mutation, statuses } from '../db/rpc';
import {
  colleague,
  contact,
  db,
  mergeInto,
  others,
  remove,
  retitle,
  setRole,
  store,
  sync,
  theirs,
  unite,
  update,
  type People,
} from './decision-scene';

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

export const retitled: Story = ({ ada }) => mutate(store, [update(ada, { title: 'Mine' })]);
const removed: Story = ({ ada }) => mutate(store, [{ op: 'delete', entity: 'contacts', id: ada }]);
export const merged: Story = ({ ada, bea, cy }) => mergeInto(ada, [bea, cy], { city: bea });
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

/** How each kind of conflict comes about, by its kind, its operation and what happened to the record. */
export const stories: Record<string, Story> = {
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
