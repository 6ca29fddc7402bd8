import { addedAt } from '$lib/entities/added-at';
import type { ImportBatch } from '$lib/entities/import-batch';
import { recordName } from '$lib/shared/records/record-name';
import { same } from '$lib/entities/same';
import { currentStore } from '$lib/store/current';
import { StoreError } from '$lib/store/errors';
import { mutate } from '$lib/store/write';
import type { Edit } from '$lib/entities/mutation';
import { all, one } from '$lib/store/read';
import type { Store } from '$lib/store/store';
import { forgetUndoNotes, undoNotes } from './kept-run';
import type { UndoNotes } from './read-kept-run';
import { elsewhere, onlyImport } from './only-import';
import { takenApart } from './taken-apart';
import { planUndo, type Left } from './undo-plan';

const editsAtOnce = 100;

/** The result of undoing an import. */
export interface Undone {
  /** The number of deleted records that it had created. */
  removed: number;
  /** The number of restored older records that had been merged into one of them. */
  restored: number;
  /** The records that stay, with the reasons. */
  left: Left[];
}

/**
 * Deletes the records that an import created, and nothing else: records that somebody has changed, noted on or used
 * since stay. An older record that was merged into an imported one comes back. Records that the import changed get
 * their former values in the fields that nobody has changed since, if it ran on this device. Deleted records can be
 * restored one by one.
 * @throws StoreError if some could not be undone, or while another tab imports; it can be called again
 */
export async function undoImport(batchId: string): Promise<Undone> {
  const store = currentStore();
  let undone: Undone | undefined;
  await onlyImport(store.userId, async () => {
    undone = await takeBack(store, batchId);
  });
  if (!undone) throw new StoreError('storage_unavailable', elsewhere);
  return undone;
}

async function takeBack(store: Store, batchId: string): Promise<Undone> {
  const notes = await undoNotes(store, batchId);
  const undone: Undone = { removed: 0, restored: 0, left: [] };
  if (notes) undone.left.push(...(await takeBackUpdates(store, notes)));
  // Companies come last, because it depends on the deleted contacts who still works there.
  for (const entity of ['deals', 'contacts', 'companies'] as const) {
    const plan = await planUndo(store, entity, batchId);
    undone.left.push(...plan.left);
    for (const { id, parts } of plan.replaced) await mutate(store, await takenApart(entity, id, parts));
    await write(plan.removed.map((id) => ({ op: 'delete', entity, id })));
    undone.removed += plan.removed.length + plan.replaced.length;
    undone.restored += plan.replaced.flatMap(({ parts }) => parts).length;
  }
  const seen = await one('import_batches', batchId);
  if (!seen) return undone;
  const values = { undone_at: store.now().toISOString() };
  await mutate(store, [{ op: 'update', entity: 'import_batches', id: batchId, values, seen }]);
  await forgetUndoNotes(store, batchId);
  return undone;
}

/** @returns the records that keep a value, because somebody has changed it since */
async function takeBackUpdates({ db }: Store, { updates }: UndoNotes): Promise<Left[]> {
  const left = new Map<string, Left>();
  // This goes backwards, so that a record that several rows changed ends as it was before the first.
  for (const { entity, id, before, after } of updates.toReversed()) {
    const seen = await db.rows(entity).get(id);
    if (!seen || seen.deleted_at) continue;
    const fields = Object.entries(after).filter(([field, value]) => same(Reflect.get(seen, field), value));
    const values = Object.fromEntries(fields.map(([field]) => [field, Reflect.get(before, field)]));
    if (fields.length > 0) await write([{ op: 'update', entity, id, values, seen } as Edit]);
    if (fields.length < Object.keys(after).length)
      left.set(id, {
        ...{ entity, id, name: recordName(entity, seen) },
        why: 'Some imported values have been changed since, so they stay.',
      });
  }
  return [...left.values()];
}

async function write(edits: Edit[]): Promise<void> {
  for (let from = 0; from < edits.length; from += editsAtOnce)
    await mutate(currentStore(), edits.slice(from, from + editsAtOnce));
}

/** This person's imports that can still be undone, newest first. */
export async function undoableImports(): Promise<ImportBatch[]> {
  const batches = (await all('import_batches')).filter((batch) => batch.undone_at === null);
  return batches.sort((a, b) => Date.parse(addedAt(b)) - Date.parse(addedAt(a)));
}
