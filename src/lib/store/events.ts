import { writeDirectly } from './direct';
import { asStoreError } from './errors';
import type { ActivityEvent, StoredEvent } from './records';
import type { Store } from './store';
import { announceWrite } from './writes';

type Happening = Pick<ActivityEvent, 'action' | 'entity_type'> & { entity_id?: string | null };

/** An action of the person as it is kept, not stored yet. */
export const eventOf = (store: Store, { action, entity_type, entity_id }: Happening): StoredEvent =>
  ({
    event_id: store.newId(),
    action,
    entity_type,
    entity_id: entity_id ?? null,
    occurred_at: store.now().toISOString(),
  }) as StoredEvent;

/**
 * Keeps one action of the person for the activity log until the server has it. If the working set is open, the entry
 * is on its way to the disk when this gives control back: a page that is left at once leaves its entry behind.
 * @throws StoreError `storage_full`, `storage_unavailable`
 */
export async function recordEvent(store: Store, happening: Happening): Promise<void> {
  const event = eventOf(store, happening);
  try {
    await writeDirectly(store.db, ['events'], async (transaction) => transaction.put('events', event));
  } catch (cause) {
    throw asStoreError(cause);
  }
  announceWrite(store);
}
