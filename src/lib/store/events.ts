import { asStoreError } from './errors';
import type { ActivityEvent, StoredEvent } from './records';
import type { Store } from './store';
import { announceWrite } from './writes';

/** Keeps one action of the person for the activity log until the server has it. */
export async function recordEvent(
  store: Store,
  event: Pick<ActivityEvent, 'action' | 'entity_type'> & { entity_id?: string | null },
): Promise<void> {
  const stored = {
    event_id: store.newId(),
    action: event.action,
    entity_type: event.entity_type,
    entity_id: event.entity_id ?? null,
    occurred_at: store.now().toISOString(),
  };
  try {
    await store.db.events.add(stored as StoredEvent);
  } catch (cause) {
    throw asStoreError(cause);
  }
  announceWrite(store);
}
