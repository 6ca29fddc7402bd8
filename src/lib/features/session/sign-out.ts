import { discardAll } from '$lib/store/discard';
import { recordEvent } from '$lib/store/events';
import { clearWorkingSet, deleteWorkingSet } from '$lib/store/wipe';
import { currentStore } from '$lib/store/current';
import { syncNow } from '$lib/sync/engine';
import { forgetDraftsOf } from '../forms/kept-draft';
import { session } from './session.svelte';

/**
 * Signs out and takes the person's data off this device. With unsent changes it does nothing and answers
 * `unsent`, unless told to discard them. Unsent events (the sign-out among them) stay until this person
 * signs in again.
 */
export async function signOut(choice?: 'discard'): Promise<'signed_out' | 'unsent'> {
  const store = currentStore();
  const { db, userId } = store;
  // Made anew for each use: Dexie's collection remembers how far it has walked the states, and would pass some over.
  const waiting = () => db.outbox.where('state').anyOf('pending', 'reoffered', 'refused');
  if ((await waiting().count()) > 0) {
    if (choice !== 'discard') return 'unsent';
    await discardAll(store);
  }
  await recordEvent(store, { action: 'sign_out', entity_type: 'members', entity_id: userId });
  await syncNow();
  // A sync may take long, and people go on working, in other tabs too: what they saved meanwhile is asked about.
  if ((await waiting().count()) > 0) return 'unsent';
  const eventsLeft = await db.events.count();
  if (eventsLeft > 0) await clearWorkingSet(db);
  const { signOut: endSession } = await import('$lib/remote/auth');
  await endSession();
  session.forget();
  forgetDraftsOf(userId);
  if (eventsLeft === 0) await deleteWorkingSet(userId);
  return 'signed_out';
}

/** The server says that this account is deactivated and has kept its unsent work: the device is wiped. */
export async function leaveDeactivated(): Promise<void> {
  const { userId } = currentStore();
  const { signOut: endSession } = await import('$lib/remote/auth');
  await endSession();
  session.forget();
  forgetDraftsOf(userId);
  await deleteWorkingSet(userId);
}
