import type { CrmDatabase } from './database';
import { writeDirectly, type DirectTransaction } from './direct';
import type { SortKeysMeta } from './meta';
import { keyedEntities, sortKey, sortKeyRule, withSortKey, type Keyed } from './sort-keys';

/** So few that reading and writing them takes a fraction of 50 ms, also on a slow tablet. */
export const rowsAtOnce = 100;

/**
 * Gives every stored row the sort key of this release's rule: rows of an older release have none, or that of another
 * rule. Each piece is a transaction that also stores how far it has come, so whoever begins next goes on from there.
 * Until all is done, `firstByKey` answers nothing.
 * @param isOver whether the working set is closed
 */
export async function rebuildSortKeys(db: CrmDatabase, isOver: () => boolean = () => false): Promise<void> {
  while (!isOver() && !(await rebuildPiece(db))) await new Promise((resolve) => setTimeout(resolve));
}

/** @returns whether every row has its key */
function rebuildPiece(db: CrmDatabase): Promise<boolean> {
  const piece = async (transaction: DirectTransaction) => {
    const kept = (await transaction.get('meta', 'sort_keys')) as { value: SortKeysMeta } | undefined;
    const last = kept?.value.rule === sortKeyRule ? kept.value.last : { entity: keyedEntities[0], id: '' };
    if (!last) return true;
    const next = await rebuildAfter(transaction, last as { entity: Keyed; id: string });
    const value: SortKeysMeta = { rule: sortKeyRule, ...(next && { last: next }) };
    transaction.put('meta', { key: 'sort_keys', value });
    return next === undefined;
  };
  return writeDirectly(db, [...keyedEntities, 'meta'], piece, { quietly: true });
}

/** @returns the row after which the next piece begins; `undefined` if none is left */
async function rebuildAfter(
  transaction: DirectTransaction,
  { entity, id }: { entity: Keyed; id: string },
): Promise<SortKeysMeta['last']> {
  const rows = await transaction.rowsAfter<{ id: string; [sortKey]?: string }>(entity, id, rowsAtOnce);
  for (const row of rows)
    if (row[sortKey] !== withSortKey(entity, row)[sortKey]) transaction.put(entity, row);
  const end = rows[rowsAtOnce - 1];
  if (end) return { entity, id: end.id };
  const other = keyedEntities[keyedEntities.indexOf(entity) + 1];
  return other && { entity: other, id: '' };
}
