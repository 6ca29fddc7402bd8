import type { Failure } from '$lib/remote/reply';
import { firstPaint } from '$lib/store/first-paint';
import type { Store } from '$lib/store/store';
import { lastPull } from '$lib/store/last-pull';
import { syncStatus } from '$lib/sync/status.svelte';
import { lostCode } from '$lib/lifecycle/lost-code';
import { pageLife } from '$lib/lifecycle/page-life';
import { deviceUserChanged, isDeviceUser } from './device-user';
import { session } from './session.svelte';

/** The reason why a page can no longer show the working set that it opened. */
export type Leaving = 'deactivated' | 'signed_out' | 'storage_lost' | 'superseded';

/**
 * Starts syncing for the person who is signed in, and watches for what ends it from outside.
 * @param onLeave called once: the server deactivated the account (the device is wiped by then), another tab signed out
 *   or signed somebody else in, the browser closed or deleted the database, or another tab runs a newer release that
 *   changed it
 * @returns a function that stops it
 */
export function startSession(store: Store, onLeave: (why: Leaving) => void): () => void {
  // The browser may still refuse; a refusal changes nothing but the risk, which /settings shows. Firefox asks the
  // person: there the app explains first, and asks when they agree.
  if (!/firefox/i.test(navigator.userAgent)) void navigator.storage?.persist?.();
  const onStorage = (event: StorageEvent) => {
    if (deviceUserChanged(event, store.userId)) onLeave('signed_out');
  };
  let lost: ReturnType<typeof setTimeout> | undefined;
  const onClosed = () => {
    // When the session closes a working set on purpose, it forgets the user first. A page that is put away closes the
    // database too, but opens it again on return.
    if (session.userId === store.userId && !pageLife.away) {
      const why = store.db.superseded ? 'superseded' : 'storage_lost';
      lost = setTimeout(() => onLeave(why));
    }
  };
  // The page got no storage events while it was away.
  const stopReturning = pageLife.onReturn(() => {
    if (!isDeviceUser(store.userId)) onLeave('signed_out');
  });
  addEventListener('storage', onStorage);
  store.db.on('close', onClosed);
  let over = false;
  let stopSync: () => void = () => undefined;
  const begin = ({ startSync, syncNow }: typeof import('$lib/sync/engine')) =>
    startSync(
      store,
      async () => {
        await firstPaint();
        return (await import('$lib/remote/remote')).remoteOf(store.userId);
      },
      (failure: Failure) => {
        if (failure.kind === 'deactivated')
          void lostCode
            .untilLoaded(async () => (await import('./sign-out')).leaveDeactivated())
            .catch((cause) => {
              // If deleting fails, the pages must close all the same: this person has left the team.
              console.error(cause);
              return true;
            })
            .then((wiped) => (wiped ? onLeave('deactivated') : syncNow()));
      },
    );
  // The engine is not needed before the first records are on the screen; the status is.
  void lastPull(store)
    .then(({ at, rows }) => syncStatus.opened(at ? new Date(at) : null, rows))
    // A cycle reports what is wrong with the storage.
    .catch(() => undefined)
    .then(() => firstPaint())
    .then(() => lostCode.untilLoaded(() => import('$lib/sync/engine')))
    .then((engine) => {
      if (!over) stopSync = begin(engine);
    });
  void firstPaint()
    .then(() => lostCode.untilLoaded(() => import('$lib/store/rebuild-keys')))
    .then(({ rebuildSortKeys }) => rebuildSortKeys(store.db, () => over))
    // The next start goes on from where it stopped. Until then lists read all rows first.
    .catch(console.error);
  return () => {
    over = true;
    clearTimeout(lost);
    removeEventListener('storage', onStorage);
    stopReturning();
    store.db.on('close').unsubscribe(onClosed);
    stopSync();
  };
}
