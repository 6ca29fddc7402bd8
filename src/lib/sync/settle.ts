import type { OutboxEntry } from '$lib/store/tables';
import type { Store } from '$lib/store/store';
import { entriesOf } from '$lib/store/outbox';
import type { RecordKey } from '$lib/store/read-near';
import { rebaseRows } from '$lib/store/rebase-rows';

const day = 24 * 3_600_000;
const keptFor = 14 * day;

/**
 * Ends the life of answered mutations that the pull has brought back, and shows their records, and `others`, as they
 * are without them. Runs inside the pull's transaction.
 * @param fresh the server's newest copies, as `rebaseRows` takes them
 * @param now by the server's clock, if it is known: the device's may jump
 */
export async function settle(
  store: Store,
  acknowledged: number[],
  others: RecordKey[] = [],
  fresh?: Parameters<typeof rebaseRows>[2],
  now = store.now(),
): Promise<void> {
  const { db } = store;
  // One that is offered again meanwhile, or was discarded, is no longer what this pull confirms.
  const entries = (await entriesOf(db, acknowledged)).filter(({ state }) => state === 'acknowledged');
  await db.outbox.bulkPut(entries.map((entry) => ({ ...entry, state: 'settled' as const })));
  await forgetOld(store, now);
  const own = entries.flatMap(({ entity, id, affected = [] }) => [[entity, id] as RecordKey, ...affected]);
  await rebaseRows(store, [...others, ...own], fresh);
}

/** Forgets what settled two weeks ago. */
async function forgetOld({ db }: Store, now: Date): Promise<void> {
  const at = (days: number) => new Date(now.getTime() + days * day).toISOString();
  const [horizon, tomorrow] = [at(-keptFor / day), at(1)];
  // They are in the order in which they were sent: behind the first young one none is old enough.
  const isYoung = ({ answered_at = '' }: OutboxEntry) => answered_at >= horizon && answered_at <= tomorrow;
  const passed = await db.outbox.where('state').equals('settled').until(isYoung).toArray();
  const old = passed.filter(({ answered_at = '' }) => answered_at < horizon);
  // A clock that was ahead has dated these. They grow old from now on, and hold up none behind them.
  const ahead = passed.filter(({ answered_at = '' }) => answered_at > tomorrow);
  await db.outbox.bulkDelete(old.map(({ seq }) => seq));
  await db.outbox.bulkPut(ahead.map((entry) => ({ ...entry, answered_at: at(0) })));
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
