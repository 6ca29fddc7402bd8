import { discardAll } from '$lib/store/discard';
import { recordEvent } from '$lib/store/events';
import type { Store } from '$lib/store/store';
import { clearWorkingSet, deleteWorkingSet } from '$lib/store/wipe';
import { currentStore } from '$lib/store/current';
import { syncNow } from '$lib/sync/engine';
import { forgetDraftsOf } from '$lib/shared/forms/kept-draft';
import { session } from './session.svelte';

/** Milliseconds for which a sign-out waits for the server to accept the rest. The whole sign-out takes at most ten seconds. */
const patience = 5_000;
/** Milliseconds for which a sign-out waits for the database to be deleted. */
const longestDeletion = 2_000;
const within = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/**
 * Signs out and deletes the person's data from this device. With unsent changes it does nothing and returns `unsent`,
 * unless it may discard them. Unsent events (including the sign-out) stay until this person signs in again. If the
 * server does not answer, signing out takes a few seconds longer.
 */
export async function signOut(choice?: 'discard'): Promise<'signed_out' | 'unsent'> {
  const end = await sessionEnd();
  const store = currentStore();
  const { db, userId } = store;
  // A new one for each use: Dexie's collection remembers how far it has read the states, and would skip some.
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
 * Wipes the device after the server said that this account is deactivated and that it has stored the unsent work. If
 * somebody saved something since, nothing is deleted yet: the next sync sends it and gets the same answer.
 * @returns whether the device was wiped
 */
export async function leaveDeactivated(): Promise<boolean> {
  const end = await sessionEnd();
  const store = currentStore();
  // The server accepts no refused change, so those must not keep the records on the device.
  if ((await clearWorkingSet(store.db, ['pending', 'reoffered'])) === 'unsent') return false;
  await leave(store, end, true);
  return true;
}

/** It is loaded before anything is deleted, because this part of the app may be missing offline. */
const sessionEnd = async () => (await import('$lib/remote/auth')).signOut;

async function leave(
  { db, userId }: Store,
  endSession: () => Promise<void>,
  deletes: boolean,
): Promise<void> {
  await endSession();
  // A running pull may have brought records back.
  if (!deletes) await clearWorkingSet(db);
  // The other tabs leave when they notice this.
  session.forget();
  forgetDraftsOf(userId);
  // A frozen tab keeps its connection, and the database is deleted when that tab ends.
  if (deletes) await Promise.race([deleteWorkingSet(userId), within(longestDeletion)]);
}
