import { entityNames } from '$lib/entities/registry';
import { readMeta } from './meta';
import type { Store } from './store';

/** When everything was last pulled, or how many rows are stored if that has not happened yet. */
export async function lastPull({ db }: Store): Promise<{ at: string | undefined; rows: number }> {
  const at = await readMeta(db, 'last_pulled_at');
  const counts = at ? [] : await Promise.all(entityNames.map((name) => db.rows(name).count()));
  return { at, rows: counts.reduce((sum, count) => sum + count, 0) };
}
