import { currentStore } from '$lib/store/current';
import type { EventAction } from '$lib/entities/activity-event';
import { recordEvent } from '$lib/store/events';
import { visits } from './visits';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Records that the person opened or reloaded a page; pages outside the app and unknown ids record nothing. */
export const recordVisit = (route: string | null, id: string | undefined): Promise<void> =>
  record(route, id, undefined);

/** Records that the person printed a page. */
export const recordPrint = (route: string | null, id: string | undefined): Promise<void> =>
  record(route, id, 'print');

async function record(
  route: string | null,
  id: string | undefined,
  action: EventAction | undefined,
): Promise<void> {
  const visit = route ? visits[route] : undefined;
  if (!visit || (id !== undefined && !uuid.test(id))) return;
  await recordEvent(currentStore(), { ...visit, ...(action && { action }), entity_id: id ?? null });
}
