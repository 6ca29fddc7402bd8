import { entityNames } from '$lib/entities/registry';
import { pageLife } from '$lib/lifecycle/page-life';
import { asStoreError } from './errors';
import { eventOf } from './events';
import type { CrmDatabase } from './database';
import type { OutboxEntry } from './tables';
import type { RecordKey } from './read-near';
import { rebaseRows } from './rebase-rows';
import type { Store } from './store';
import { announceWrite } from './writes';

/**
 * Takes one unanswered change back for good, and with it what makes no sense without it: the others of its group, and
 * the later changes of a record never created. The records they changed show what is left. What the server has
 * answered meanwhile stays.
 * @throws StoreError where the device cannot store it; nothing was discarded then
 */
export function discardMutation(store: Store, seq: number): Promise<void> {
  return discard(store, (entries) => dependents(entries, seq));
}

/**
 * Takes every unanswered change back for good.
 * @throws StoreError where the device cannot store it; nothing was discarded then
 */
export function discardAll(store: Store): Promise<void> {
  return discard(store, (entries) => entries);
}

async function discard(store: Store, which: (entries: OutboxEntry[]) => OutboxEntry[]): Promise<void> {
  const { db } = store;
  const tables = entityNames.map((name) => db.rows(name));
  try {
    await pageLife.untilDone(() =>
      db.transaction('rw', [db.outbox, db.base_rows, db.events, ...tables], async () => {
        const dropped = which(await unanswered(db));
        await db.outbox.bulkDelete(dropped.map((entry) => entry.seq));
        await rebaseRows(
          store,
          dropped.flatMap(({ entity, id, affected = [] }) => [[entity, id] as RecordKey, ...affected]),
        );
        const records = [...new Map(dropped.map((entry) => [entry.id, entry])).values()];
        await db.events.bulkAdd(
          records.map(({ entity, id }) =>
            eventOf(store, { action: 'discard', entity_type: entity, entity_id: id }),
          ),
        );
      }),
    );
  } catch (cause) {
    throw asStoreError(cause);
  }
  announceWrite(store);
}

/** Lets a refused change be tried once more, with its whole group. */
export async function retryMutation(store: Store, seq: number): Promise<void> {
  const { db } = store;
  await pageLife.untilDone(() =>
    db.transaction('rw', db.outbox, async () => {
      const refused = await db.outbox.where('state').equals('refused').toArray();
      const wanted = refused.find((entry) => entry.seq === seq);
      const again = refused.filter((entry) => entry === wanted || isOneGroup(entry, wanted));
      await db.outbox.bulkPut(again.map((entry) => ({ ...entry, state: 'pending' as const })));
    }),
  );
}

const unanswered = ({ outbox }: CrmDatabase): Promise<OutboxEntry[]> =>
  outbox.where('state').anyOf('pending', 'reoffered', 'refused').sortBy('seq');

const isOneGroup = (one: OutboxEntry, other: OutboxEntry | undefined) =>
  one.group_id !== undefined && one.group_id === other?.group_id;

/** The entry with this number, and all that goes with it. */
function dependents(entries: OutboxEntry[], seq: number): OutboxEntry[] {
  const gone = new Set(entries.filter((entry) => entry.seq === seq));
  const goesWith = (entry: OutboxEntry) => (other: OutboxEntry) =>
    isOneGroup(other, entry) ||
    (entry.op === 'insert' &&
      other.entity === entry.entity &&
      other.id === entry.id &&
      other.seq > entry.seq);
  // A set also walks what is added while it is walked.
  for (const entry of gone) for (const other of entries.filter(goesWith(entry))) gone.add(other);
  return [...gone];
}
