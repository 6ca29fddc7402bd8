import type { Store } from '$lib/store/store';
import type { Failure } from '$lib/remote/reply';
import { startSync } from '$lib/sync/engine';
import { leaveDeactivated } from './sign-out';

/**
 * Starts syncing for the person who is signed in.
 * @param onDeactivated called after the device was wiped
 * @returns the way to stop
 */
export function startSession(store: Store, onDeactivated: () => void): () => void {
  // The browser may still refuse; a refusal changes nothing but the risk, which /settings shows.
  void navigator.storage?.persist?.();
  return startSync(
    store,
    async () => (await import('$lib/remote/remote')).createRemote(),
    (failure: Failure) => {
      if (failure.kind === 'deactivated') void leaveDeactivated().then(onDeactivated);
    },
  );
}
