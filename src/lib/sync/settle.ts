import type { Store } from '$lib/store/store';
import { entriesOf } from '$lib/store/outbox-entries';
import type { RecordKey } from '$lib/store/read-near';
import { showRows } from '$lib/store/show-row';

const keptFor = 14 * 24 * 3_600_000;

/**
 * Ends the life of answered mutations that the pull has brought back, and shows their records, and `others`, as they
 * are without them. Runs inside the pull's transaction.
 * @param fresh the server's newest copies, as `showRows` takes them
 */
export async function settle(
  store: Store,
  acknowledged: number[],
  others: RecordKey[] = [],
  fresh?: Parameters<typeof showRows>[2],
): Promise<void> {
  const { db } = store;
  // One that is offered again meanwhile, or was discarded, is no longer what this pull confirms.
  const entries = (await entriesOf(db, acknowledged)).filter(({ state }) => state === 'acknowledged');
  await db.outbox.bulkPut(entries.map((entry) => ({ ...entry, state: 'settled' as const })));
  const horizon = new Date(store.now().getTime() - keptFor).toISOString();
  // They stand in the order in which they were sent: behind the first young one none is old enough.
  const old = await db.outbox
    .where('state')
    .equals('settled')
    .until((entry) => (entry.answered_at ?? '') >= horizon)
    .toArray();
  await db.outbox.bulkDelete(old.map(({ seq }) => seq));
  const own = entries.flatMap(({ entity, id, touched = [] }) => [[entity, id] as RecordKey, ...touched]);
  await showRows(store, [...others, ...own], fresh);
}

/**
 * After a restore from backup the server may lack what it had answered: offers it again. The mutation
 * ids are the old ones, so what the backup does hold is answered from its receipts. Runs inside the pull's transaction.
 */
export async function reoffer({ db }: Store): Promise<void> {
  // Which server answered these is not known: they stay on the screen and wait for an answer once more.
  await db.outbox.where('state').equals('acknowledged').modify({ state: 'pending' });
  await db.outbox.where('state').equals('settled').modify({ state: 'reoffered' });
}
