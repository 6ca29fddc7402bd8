import { discardAll } from '$lib/store/discard';
import { recordEvent } from '$lib/store/events';
import type { Store } from '$lib/store/store';
import { clearWorkingSet, deleteWorkingSet } from '$lib/store/wipe';
import { currentStore } from '$lib/store/current';
import { syncNow } from '$lib/sync/engine';
import { forgetDraftsOf } from '../forms/kept-draft';
import { session } from './session.svelte';

/** So long a sign-out waits for the server to take what is left, milliseconds. */
const patience = 8_000;

/**
 * Signs out and takes the person's data off this device. With unsent changes it does nothing and answers
 * `unsent`, unless told to discard them. Unsent events (the sign-out among them) stay until this person
 * signs in again. A server that says nothing holds it up for some seconds at most.
 */
export async function signOut(choice?: 'discard'): Promise<'signed_out' | 'unsent'> {
  const end = await sessionEnd();
  const store = currentStore();
  const { db, userId } = store;
  // Made anew for each use: Dexie's collection remembers how far it has walked the states, and would pass some over.
  const waiting = () => db.outbox.where('state').anyOf('pending', 'reoffered', 'refused');
  if ((await waiting().count()) > 0) {
    if (choice !== 'discard') return 'unsent';
    await discardAll(store);
  }
  await recordEvent(store, { action: 'sign_out', entity_type: 'members', entity_id: userId });
  await Promise.race([syncNow(), new Promise((resolve) => setTimeout(resolve, patience))]);
  // A sync may take long, and people go on working, in other tabs too: what they saved meanwhile is asked about.
  const events = await clearWorkingSet(db);
  if (events === 'unsent') return 'unsent';
  await leave(store, end, events === 0);
  return 'signed_out';
}

/**
 * The server says that this account is deactivated and has kept its unsent work: the device is wiped. If something was
 * saved meanwhile, nothing happens yet: the next sync hands it over and says the same.
 * @returns whether the device is wiped
 */
export async function leaveDeactivated(): Promise<boolean> {
  const end = await sessionEnd();
  const store = currentStore();
  if ((await clearWorkingSet(store.db)) === 'unsent') return false;
  await leave(store, end, true);
  return true;
}

/** Comes before anything is deleted: without the network this part of the app may not be there. */
const sessionEnd = async () => (await import('$lib/remote/auth')).signOut;

async function leave({ userId }: Store, endSession: () => Promise<void>, deletes: boolean): Promise<void> {
  await endSession();
  // The other tabs leave when they hear of it.
  session.forget();
  forgetDraftsOf(userId);
  if (deletes) await deleteWorkingSet(userId);
}
