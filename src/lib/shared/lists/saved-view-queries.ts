import type { SavedView } from '$lib/entities/saved-view';
import { all } from '$lib/store/read';

/** The views of one list that belong to a person, by name. */
export async function savedViews(entity: string): Promise<SavedView[]> {
  const views = (await all('saved_views')).filter((view) => view.entity === entity);
  return views.sort((a, b) => a.name.localeCompare(b.name));
}
