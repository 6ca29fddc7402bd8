import { StoreError } from '$lib/store/errors';
import { mutate } from '$lib/store/write';
import type { Edit } from '$lib/entities/mutation';
import type { Store } from '$lib/store/store';
import type { RowProblem } from './file-problem';
import type { PlannedRow } from './plan';

/** The problem with one row, and not with the device. */
const ofOneRow = new Set(['too_long', 'invalid_value']);

/**
 * Writes rows in one transaction. If one of them cannot be stored, it writes each separately.
 * @param again the rows may already be stored, because a reload interrupted the import; nothing is created twice
 * @returns the rows that cannot be stored
 * @throws StoreError if none can be stored now
 */
export async function writeRows(store: Store, rows: PlannedRow[], again: boolean): Promise<RowProblem[]> {
  const edits = rows.flatMap((row) => row.edits);
  try {
    await mutate(store, again ? await withoutStored(store, edits) : edits);
    return [];
  } catch (cause) {
    const [only, ...others] = rows;
    if (!(cause instanceof StoreError) || !ofOneRow.has(cause.code) || !only) throw cause;
    if (others.length === 0)
      return [{ row: only.row, ...(only.name && { name: only.name }), reason: cause.message }];
    const refused: RowProblem[] = [];
    for (const row of rows) refused.push(...(await writeRows(store, [row], again)));
    return refused;
  }
}

async function withoutStored({ db }: Store, edits: Edit[]): Promise<Edit[]> {
  const there = await Promise.all(
    edits.map(async ({ op, entity, id }) => op === 'insert' && (await db.rows(entity).get(id)) !== undefined),
  );
  return edits.filter((_, index) => !there[index]);
}
