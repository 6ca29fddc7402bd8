import type { EntityName } from '$lib/entities/registry';
import type { OutboxEntry } from '$lib/store/records';
import type { Store } from '$lib/store/store';
import { showRow } from '$lib/store/show-row';

const keptFor = 14 * 24 * 3_600_000;

/** Ends the life of answered mutations that the pull has brought back. Runs inside its transaction. */
export async function settle(store: Store, acknowledged: number[]): Promise<void> {
  const { db } = store;
  const entries = (await db.outbox.bulkGet(acknowledged)).filter((entry) => entry !== undefined);
  await db.outbox.bulkPut(entries.map((entry) => ({ ...entry, state: 'settled' as const })));
  for (const [entity, id] of records(entries)) await showRow(store, entity, id);
  const horizon = new Date(store.now().getTime() - keptFor).toISOString();
  await db.outbox
    .where('state')
    .equals('settled')
    .filter((entry) => (entry.answered_at ?? '') < horizon)
    .delete();
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

function records(entries: OutboxEntry[]): Iterable<[EntityName, string]> {
  return new Map(
    entries
      .flatMap(({ entity, id, touched = [] }) => [[entity, id] as [EntityName, string], ...touched])
      .map((record) => [record.join('/'), record]),
  ).values();
}
