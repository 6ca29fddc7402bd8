import { liveQuery } from 'dexie';
import { codeMissing, lostCode } from '$lib/lifecycle/lost-code';
import { pageLife } from '$lib/lifecycle/page-life';
import { pageUse } from '$lib/lifecycle/page-use';
import type { Remote } from '$lib/remote/remote';
import { sessionKey } from '$lib/remote/endpoint';
import type { Failure } from '$lib/remote/reply';
import { lastPull } from '$lib/store/last-pull';
import { countWaiting } from '$lib/store/outbox';
import type { Store } from '$lib/store/store';
import { onWrite } from '$lib/store/writes';
import type { Verdict } from './verify';
import { Scheduler } from './scheduler';
import { syncStatus } from './status.svelte';

let scheduler: Scheduler | undefined;
let verifying: (() => Promise<Verdict>) | undefined;

/** Syncs, then compares what this device holds with what the server holds. */
export async function verifyDevice(): Promise<Verdict> {
  return verifying ? verifying() : { failure: 'Syncing has not started.' };
}

/** Fetches everything anew, and drops what the server does not have. Unsent changes stay. */
export async function refetch(store: Store): Promise<void> {
  await store.db.meta.bulkDelete(['cursor', 'page']);
  await syncNow();
}

/** Tries to sync now; resolves when the cycle that was wanted has ended. */
export async function syncNow(): Promise<void> {
  await scheduler?.wake();
}

/**
 * Starts syncing a working set, in this tab, until the returned function is called.
 * @param loadRemote called when the first cycle begins, so that no page waits for the network's code
 * @param onFailure told of every failed cycle (the session acts on `deactivated`)
 */
export function startSync(
  store: Store,
  loadRemote: () => Promise<Remote>,
  onFailure: (failure: Failure) => void,
): () => void {
  const running = new Scheduler({
    run: () => cycle(store, loadRemote),
    onStart: () => syncStatus.started(),
    onEnd: ({ failure }) => {
      syncStatus.ended(failure, store.now());
      if (failure) onFailure(failure);
    },
  });
  scheduler = running;
  verifying = async () => (await import('./verify')).verify(store, await loadRemote(), syncNow);
  const stopCounting = keepCounted(store);
  const stopListening = onWrite((_, entities) => {
    // An admin's change to a maintenance window passes while the window is open: it may be what ends it.
    running.written(entities.includes('maintenance_windows'));
  });
  const wake = () => void running.wake();
  const over = new AbortController();
  const on = (target: EventTarget, type: string, listener: (event: Event) => void = wake) =>
    target.addEventListener(type, listener, { signal: over.signal });
  on(window, 'online');
  on(window, 'offline');
  on(document, 'visibilitychange', () => (pageLife.hidden ? running.rest() : wake()));
  // Another tab has signed in again; this one may have been told that its session had ended.
  on(window, 'storage', (event) => (event as StorageEvent).key === sessionKey && wake());
  // A page that was frozen, or put away while another one was shown, continues where it left off.
  on(document, 'resume');
  const stopFollowing = [
    pageLife.onPutAway(() => running.rest()),
    pageLife.onReturn(() => {
      // When a person leaves, the browser ends the page's requests first, so the cycle fails before the page is put away.
      syncStatus.heard();
      wake();
    }),
    pageUse.onUse(() => running.used()),
  ];
  void lastPull(store)
    // A cycle says what is wrong with the storage, and is tried again.
    .catch(() => ({ at: undefined, rows: 0 }))
    .then(({ at, rows }) => {
      syncStatus.opened(at ? new Date(at) : null, rows);
      wake();
    });
  return () => {
    running.stop();
    if (scheduler === running) scheduler = undefined;
    stopCounting();
    stopListening();
    over.abort();
    for (const stop of stopFollowing) stop();
  };
}

async function cycle(store: Store, loadRemote: () => Promise<Remote>) {
  try {
    const remote = await loadRemote();
    // Like the network's code, the cycle's is not needed to show the page.
    const { oneCycle } = await import('./cycle');
    return await oneCycle(store, remote, syncStatus);
  } catch (cause) {
    return { failure: localFailure(cause) };
  }
}

/** The device itself failed (storage full or gone, code not loaded): nothing was lost, so it is tried again. */
function localFailure(cause: unknown): Failure {
  const isLost = lostCode.is(cause);
  const name = cause instanceof Error ? cause.name : 'unknown';
  return {
    ok: false,
    kind: 'unreachable',
    code: isLost ? codeMissing : `device_${name}`,
    message: isLost ? 'A part of the app could not be loaded.' : 'This device could not sync just now.',
  };
}

/**
 * Keeps the status told of what waits, in any tab, until the returned function is called. A count that fails is taken
 * anew: without it the status would go on saying what was true before.
 */
function keepCounted(store: Store): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const begin = () =>
    liveQuery(() => count(store)).subscribe({
      next: (counted) => syncStatus.counted(counted),
      error: () => {
        counting.unsubscribe();
        timer = setTimeout(() => (counting = begin()), 1_000);
      },
    });
  let counting = begin();
  return () => {
    clearTimeout(timer);
    counting.unsubscribe();
  };
}

async function count({ db }: Store) {
  const [pending, events, refused, conflicts] = await Promise.all([
    countWaiting(db),
    db.events.count(),
    db.outbox.where('state').equals('refused').count(),
    db
      .rows('conflicts')
      .filter((row) => !row.resolved_at && !row.deleted_at)
      .count(),
  ]);
  return { pending, events, conflicts: conflicts + refused };
}
