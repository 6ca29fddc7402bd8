import { currentStore } from '$lib/store/current';
import { recordEvent } from '$lib/store/events';
import { visits } from './visits';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Records that the person opened or reloaded a page; pages outside the app and unknown ids record nothing. */
export async function recordVisit(route: string | null, id: string | undefined): Promise<void> {
  const visit = route ? visits[route] : undefined;
  if (!visit || (id !== undefined && !uuid.test(id))) return;
  await recordEvent(currentStore(), { ...visit, entity_id: id ?? null });
}
