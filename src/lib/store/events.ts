import { writeDirectly } from './direct';
import { asStoreError } from './errors';
import type { StoredEvent } from './tables';
import type { ActivityEvent } from '$lib/entities/activity-event';
import type { Store } from './store';
import { announceWrite } from './writes';

type Happening = Pick<ActivityEvent, 'action' | 'entity_type'> & { entity_id?: string | null };

/** Makes the stored form of a person's action, without storing it. */
export const eventOf = (store: Store, { action, entity_type, entity_id }: Happening): StoredEvent =>
  ({
    event_id: store.newId(),
    action,
    entity_type,
    entity_id: entity_id ?? null,
    occurred_at: store.now().toISOString(),
    ...(store.db.serverTime ? { known_at: store.db.serverTime } : {}),
  }) as StoredEvent;

/**
 * Keeps one action of the person for the activity log until the server has it. If the working set is open, the write has
 * begun when this function returns its promise, so the entry survives even if the person leaves the page at once.
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
