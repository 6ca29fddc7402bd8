import type { MaintenanceWindow } from '$lib/entities/maintenance-window';
import { currentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { windowValues, type WindowDraft } from './draft';

/** Announces a window to every device. Admins only; the server decides. */
export function announceWindow(draft: WindowDraft): Promise<void> {
  const store = currentStore();
  return mutate(store, [
    { op: 'insert', entity: 'maintenance_windows', id: store.newId(), values: windowValues(draft) },
  ]);
}

/** Cancels a window that has not begun. */
export const cancelWindow = (seen: MaintenanceWindow): Promise<void> => stamp(seen, 'cancelled_at');

/** Ends a window that is open. */
export const closeWindow = (seen: MaintenanceWindow): Promise<void> => stamp(seen, 'closed_at');

function stamp(seen: MaintenanceWindow, field: 'cancelled_at' | 'closed_at'): Promise<void> {
  const store = currentStore();
  const values = { [field]: store.now().toISOString() };
  return mutate(store, [{ op: 'update', entity: 'maintenance_windows', id: seen.id, values, seen }]);
}
