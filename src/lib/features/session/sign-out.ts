import { discardAll } from '$lib/store/discard';
import { recordEvent } from '$lib/store/events';
import type { Store } from '$lib/store/store';
import { clearWorkingSet, deleteWorkingSet } from '$lib/store/wipe';
import { currentStore } from '$lib/store/current';
import { syncNow } from '$lib/sync/engine';
import { forgetDraftsOf } from '../forms/kept-draft';
import { session } from './session.svelte';

/** How long a sign-out waits for the server to take what is left, milliseconds. With the rest it takes ten seconds. */
const patience = 5_000;
/** How long a sign-out waits until the database is deleted, milliseconds. */
const longestDeletion = 2_000;
const within = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/**
 * Signs out and takes the person's data off this device. With unsent changes it does nothing and answers
 * `unsent`, unless told to discard them. Unsent events (the sign-out among them) stay until this person
 * signs in again. If the server does not answer, signing out takes a few seconds longer.
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
  await Promise.race([syncNow(), within(patience)]);
  // A sync may take long, and people keep working, in other tabs too. If they saved something, ask about it.
  const events = await clearWorkingSet(db);
  if (events === 'unsent') return 'unsent';
  await leave(store, end, events === 0);
  return 'signed_out';
}

/**
 * Wipes the device after the server said that this account is deactivated and that it has kept the unsent work. If
 * something was saved meanwhile, nothing is deleted yet: the next sync hands it over and gets the same answer.
 * @returns whether the device was wiped
 */
export async function leaveDeactivated(): Promise<boolean> {
  const end = await sessionEnd();
  const store = currentStore();
  // The server takes no refused change, so those cannot keep the records on the device.
  if ((await clearWorkingSet(store.db, ['pending', 'reoffered'])) === 'unsent') return false;
  await leave(store, end, true);
  return true;
}

/** Loaded before anything is deleted, because without a network this part of the app may be missing. */
const sessionEnd = async () => (await import('$lib/remote/auth')).signOut;

async function leave(
  { db, userId }: Store,
  endSession: () => Promise<void>,
  deletes: boolean,
): Promise<void> {
  await endSession();
  // A pull that was under way may have brought records back.
  if (!deletes) await clearWorkingSet(db);
  // The other tabs leave when they notice this.
  session.forget();
  forgetDraftsOf(userId);
  // A frozen tab keeps its connection, and the database goes when that tab does.
  if (deletes) await Promise.race([deleteWorkingSet(userId), within(longestDeletion)]);
}
