import { entityNames } from '$lib/entities/registry';
import { recordEvent } from './events';
import { showRow } from './show-row';
import type { Store } from './store';

/**
 * Takes one unsent change back for good, and with it the later changes of the same record that build on a
 * record never created. The records it changed show what is left.
 */
export async function discardMutation(store: Store, seq: number): Promise<void> {
  const { db } = store;
  const entry = await db.outbox.get(seq);
  if (!entry) return;
  const { entity, id } = entry;
  const tables = entityNames.map((name) => db.rows(name));
  await db.transaction('rw', [db.outbox, db.base_rows, ...tables], async () => {
    const entries = await db.outbox.where('[entity+id]').equals([entity, id]).sortBy('seq');
    const dropped = entries.filter(
      (other) => other.seq === seq || (entry.op === 'insert' && other.seq > seq),
    );
    await db.outbox.bulkDelete(dropped.map((other) => other.seq));
    await showRow(store, entity, id);
    for (const [other, touched] of dropped.flatMap(({ touched = [] }) => touched))
      await showRow(store, other, touched);
  });
  await recordEvent(store, { action: 'discard', entity_type: entity, entity_id: id });
}

/** Lets a refused change be tried once more. */
export async function retryMutation(store: Store, seq: number): Promise<void> {
  await store.db.outbox.where('seq').equals(seq).modify({ state: 'pending' });
}
