/** Legend-State with its Supabase plugin and IndexedDB persistence, set up as in its documentation. */
import { observable, syncState, when, type Observable } from '@legendapp/state';
import { observablePersistIndexedDB } from '@legendapp/state/persist-plugins/indexeddb';
import { configureSynced } from '@legendapp/state/sync';
import { syncedSupabase } from '@legendapp/state/sync-plugins/supabase';
import type { SupabaseClient } from '@supabase/supabase-js';
import { timed, watchMemory, type BenchClient } from '../pages/client';
import { connect, type Row } from './connect';

let supabase: SupabaseClient;
let contacts$: Observable<Record<string, Row>>;
const online$ = observable(false);
let edits = 0;

const pendingOf = (): number => Object.keys(syncState(contacts$).getPendingChanges() ?? {}).length;

async function until(done: () => boolean, limit: number): Promise<void> {
  const end = performance.now() + limit;
  while (!done() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
}

const rows = (): Row[] => Object.values((contacts$.peek() ?? {}) as Record<string, Row>);
const first = (count: number) => rows().slice(0, count);

const client: BenchClient = {
  async signIn(email, password) {
    supabase = await connect(email, password);
  },
  async open(name) {
    const synced = configureSynced(syncedSupabase, {
      supabase: supabase,
      persist: {
        plugin: observablePersistIndexedDB({ databaseName: name, version: 1, tableNames: ['contacts'] }),
        retrySync: true,
      },
      changesSince: 'last-sync',
      fieldUpdatedAt: '_modified',
      fieldCreatedAt: '_modified',
      fieldDeleted: '_deleted',
      retry: { infinite: true, delay: 200, maxDelay: 500 },
    });
    contacts$ = observable(
      synced({
        collection: 'contacts',
        persist: { name: 'contacts' },
        waitFor: online$,
        waitForSet: online$,
        as: 'object',
      }),
    );
    contacts$.get();
    await when(syncState(contacts$).isPersistLoaded);
  },
  async close() {
    online$.set(false);
  },
  async pull() {
    const stop = watchMemory();
    const start = performance.now();
    online$.set(true);
    await when(syncState(contacts$).isLoaded);
    const all = performance.now() - start;
    return { first: all, all, rows: rows().length, memory: stop() };
  },
  async queueBulk(count) {
    online$.set(false);
    edits += 1;
    const changed = Object.fromEntries(
      first(count).map((row) => [row.id, { ...row, title: `Title ${edits}` }]),
    );
    return timed(async () => {
      contacts$.assign(changed);
      await new Promise((resolve) => setTimeout(resolve, 0));
    });
  },
  async queueSingly(count) {
    online$.set(false);
    edits += 1;
    const found = first(count);
    return timed(async () => {
      for (const { id } of found) {
        contacts$[id]?.title?.set(`Title ${edits}`);
        await Promise.resolve();
      }
      await new Promise((resolve) => setTimeout(resolve, 0));
    });
  },
  push: (limit = 60_000) =>
    timed(async () => {
      online$.set(true);
      await until(() => pendingOf() === 0, limit);
    }),
  noop: () =>
    timed(async () => {
      await syncState(contacts$).sync();
    }),
  async edit(id, values) {
    online$.set(false);
    contacts$[id]?.assign(values);
    await new Promise((resolve) => setTimeout(resolve, 20));
  },
  read: async (id) => rows().find((row) => row.id === id) ?? null,
  ids: async (count) => first(count).map((row) => row.id),
  pending: async () => pendingOf(),
  conflicts: async () => 0,
};
window.bench = client;
