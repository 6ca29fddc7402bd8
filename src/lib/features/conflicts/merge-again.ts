import type { Conflict } from '$lib/entities/conflict';
import type { Row } from '$lib/entities/registry';
import { StoreError } from '$lib/store/errors';
import { mergeRecords, type Mergeable } from '$lib/store/merge-records';
import { mutate } from '$lib/store/write';
import type { Edit } from '$lib/entities/mutation';
import { one } from '$lib/store/read';
import type { Store } from '$lib/store/store';
import { closed } from './decision';

interface MergePatch {
  into: string;
  from: string[];
  choices: Record<string, string>;
}

/**
 * Repeats a merge that failed completely or in part, and restores records that were deleted since. The server accepts
 * all of it or nothing. If the device stops in the middle, the question stays open.
 * @throws StoreError `not_found` if a record that it needs is not on this device; the question stays open then
 */
export async function mergeAgain(store: Store, conflict: Conflict): Promise<void> {
  const entity = conflict.entity as Mergeable;
  const { into, from, choices, ...fields } = {
    ...{ into: '', from: [], choices: {} },
    ...conflict.patch,
  } as MergePatch;
  const aboutSurvivor = conflict.record_id === into || !into;
  const survivor = await (aboutSurvivor ? one(entity, conflict.record_id) : followed(entity, into));
  if (!survivor) throw new StoreError('not_found');
  const wanted = (aboutSurvivor ? from : [conflict.record_id]).filter((id) => id !== survivor.id);
  const rows = await Promise.all(wanted.map((id) => one(entity, id)));
  const sources = rows.filter((row) => row !== undefined).filter((row) => isToMerge(row, conflict, survivor));
  const isDone = rows.every((row) => row?.merged_into === survivor.id);
  if (sources.length === 0 && !isDone) throw new StoreError('not_found');

  const group_id = store.newId();
  const parts = [survivor, ...sources];
  const edits = parts.map(({ id, deleted_at }) => {
    // The same question may contain an edit of the same deleted record.
    const values = id === conflict.record_id ? fields : {};
    return { op: deleted_at ? 'restore' : 'update', entity, id, values } as Edit;
  });
  await mutate(store, edits, { group_id });
  if (sources.length > 0) {
    const ids = parts.map(({ id }) => id);
    const usable = Object.entries(choices).filter(([, id]) => ids.includes(id));
    const merge = {
      entity,
      id: survivor.id,
      from: sources.map(({ id }) => id),
      choices: Object.fromEntries(usable),
    };
    await mergeRecords(store, merge, group_id);
  }
  await mutate(store, [closed(conflict, 'mine')], { group_id });
}

/** If somebody has merged a record elsewhere since, it is taken from there only if the question is about it. */
function isToMerge(row: Row<Mergeable>, { record_id }: Conflict, survivor: Row<Mergeable>): boolean {
  if (!row.deleted_at || !row.merged_into) return true;
  return row.merged_into !== survivor.id && row.id === record_id;
}

/** The record itself, or the record that it was merged into. */
async function followed(entity: Mergeable, id: string): Promise<Row<Mergeable> | undefined> {
  const seen = new Set<string>();
  let row = await one(entity, id);
  while (row?.deleted_at && row.merged_into && !seen.has(row.id)) {
    seen.add(row.id);
    row = await one(entity, row.merged_into);
  }
  return row;
}
