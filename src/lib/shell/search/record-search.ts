import { currentStore } from '$lib/store/current';
import { recordEvent } from '$lib/store/events';

/** Records that the person searched; `entity_type` is that of the selected hit. */
export const recordSearch = (entity_type: string): Promise<void> =>
  recordEvent(currentStore(), { action: 'search', entity_type });
