import type { EntityName } from '$lib/entities/registry';
import { rebase } from './rebase';
import type { Store } from './store';

const unsettled = ['pending', 'acknowledged', 'refused'];

/**
 * Makes the record on the screen what it should be: the server's copy with the unsettled mutations on
 * top. Without any left, the copy is the record. Runs inside the caller's transaction.
 */
export async function showRow(store: Store, entity: EntityName, id: string): Promise<void> {
  const { db, userId } = store;
  const base = await db.base_rows.get([entity, id]);
  if (!base) return;
  const own = await db.outbox.where('[entity+id]').equals([entity, id]).toArray();
  const merges = await db.outbox.bulkGet(base.merges ?? []);
  const waiting = [...own, ...merges]
    .filter((entry) => entry !== undefined)
    .filter((entry) => unsettled.includes(entry.state))
    .sort((a, b) => a.seq - b.seq);
  const row = rebase(base.row, waiting, userId);
  if (row) await db.rows(entity).put(row as never);
  else await db.rows(entity).delete(id);
  if (waiting.length === 0) await db.base_rows.delete([entity, id]);
}
