import type { Store } from './store';
import { recordEvent } from './events';
import { rebase } from './rebase';

const gone = ['settled', 'reoffered'];

/**
 * Takes one unsent change back for good, and with it the later changes of the same record that build on a
 * record never created. The record shows what is left.
 */
export async function discardMutation(store: Store, seq: number): Promise<void> {
  const { db, userId } = store;
  const entry = await db.outbox.get(seq);
  if (!entry) return;
  const { entity, id } = entry;
  await db.transaction('rw', [db.outbox, db.base_rows, db.rows(entity)], async () => {
    const entries = await db.outbox.where('[entity+id]').equals([entity, id]).sortBy('seq');
    const dropped = entries.filter(
      (other) => other.seq === seq || (entry.op === 'insert' && other.seq > seq),
    );
    const left = entries.filter((other) => !dropped.includes(other) && !gone.includes(other.state));
    await db.outbox.bulkDelete(dropped.map((other) => other.seq));
    const base = await db.base_rows.get([entity, id]);
    const row = rebase(base?.row ?? null, left, userId);
    if (row) await db.rows(entity).put(row as never);
    else await db.rows(entity).delete(id);
    if (left.length === 0) await db.base_rows.delete([entity, id]);
  });
  await recordEvent(store, { action: 'discard', entity_type: entity, entity_id: id });
}

/** Lets a refused change be tried once more. */
export async function retryMutation(store: Store, seq: number): Promise<void> {
  await store.db.outbox.where('seq').equals(seq).modify({ state: 'pending' });
}
