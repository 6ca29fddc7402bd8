import type { Conflict } from '$lib/entities/conflict';
import { currentStore } from '$lib/store/current';
import type { Edit } from '$lib/entities/mutation';

export type Resolution = 'mine' | 'theirs' | 'edited' | 'discarded';

/** The operation that could not be applied as a whole. */
export function refusedOperation({ kind, error, patch }: Conflict): unknown {
  // Earlier servers did not name the operation of a merge that met a deletion.
  const isMerge = kind === 'deleted' && patch && 'into' in patch && 'from' in patch;
  return isMerge ? 'merge' : error?.op;
}

/** The edit that closes a conflict. */
export const closed = (conflict: Conflict, resolution: Resolution): Edit => ({
  op: 'update',
  entity: 'conflicts',
  id: conflict.id,
  values: { resolved_at: currentStore().now().toISOString(), resolution },
});
