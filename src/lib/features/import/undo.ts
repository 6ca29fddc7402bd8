import type { ImportBatch } from '$lib/entities/import-batch';
import { same } from '$lib/entities/same';
import { currentStore } from '$lib/store/current';
import { StoreError } from '$lib/store/errors';
import { mutate, type Edit } from '$lib/store/mutate';
import { all, one } from '$lib/store/read';
import type { Store } from '$lib/store/store';
import { forgetUndoNotes, undoNotes, type UndoNotes } from './kept-run';
import { elsewhere, onlyImport } from './only-import';

const editsAtOnce = 100;

/**
 * Deletes the records that an import made, gives those it changed their former values where nobody has
 * changed them since, and marks it undone. Deleted records can be restored one by one. A company stays where
 * somebody has put another contact or a deal on it since. Changed values are known on the device that imported them.
 * @throws StoreError where some could not be undone, or while another tab imports; it can be called again
 */
export async function undoImport(batchId: string): Promise<void> {
  const store = currentStore();
  const ran = await onlyImport(store.userId, () => takeBack(store, batchId));
  if (!ran) throw new StoreError('storage_unavailable', elsewhere);
}

async function takeBack(store: Store, batchId: string): Promise<void> {
  const notes = await undoNotes(store, batchId);
  if (notes) await takeBackUpdates(store, notes);
  for (const entity of ['deals', 'contacts'] as const) {
    const made = (await all(entity)).filter((row) => row.import_batch_id === batchId);
    await write(made.map(({ id }) => ({ op: 'delete', entity, id })));
  }
  const used = await companiesInUse();
  const companies = (await all('companies')).filter(
    (row) => row.import_batch_id === batchId && !used.has(row.id),
  );
  await write(companies.map(({ id }) => ({ op: 'delete', entity: 'companies', id })));
  const seen = await one('import_batches', batchId);
  if (!seen) return;
  const values = { undone_at: store.now().toISOString() };
  await mutate(store, [{ op: 'update', entity: 'import_batches', id: batchId, values, seen }]);
  await forgetUndoNotes(store, batchId);
}

async function takeBackUpdates({ db }: Store, { updates }: UndoNotes): Promise<void> {
  // Backwards: a record that several rows changed ends as it was before the first.
  for (const { entity, id, before, after } of updates.toReversed()) {
    const seen = await db.rows(entity).get(id);
    const fields = Object.entries(after).filter(([field, value]) =>
      same(Reflect.get(seen ?? {}, field), value),
    );
    const values = Object.fromEntries(fields.map(([field]) => [field, Reflect.get(before, field)]));
    if (seen && fields.length > 0) await write([{ op: 'update', entity, id, values, seen } as Edit]);
  }
}

async function write(edits: Edit[]): Promise<void> {
  for (let from = 0; from < edits.length; from += editsAtOnce)
    await mutate(currentStore(), edits.slice(from, from + editsAtOnce));
}

async function companiesInUse(): Promise<Set<string | null>> {
  const [contacts, deals] = await Promise.all([all('contacts'), all('deals')]);
  return new Set([
    ...contacts.map(({ company_id }) => company_id),
    ...deals.flatMap(({ company_id, principal_id }) => [company_id, principal_id]),
  ]);
}

/** This person's imports that can still be undone, the newest first. */
export async function undoableImports(): Promise<ImportBatch[]> {
  const batches = (await all('import_batches')).filter((batch) => batch.undone_at === null);
  return batches.sort((a, b) => b.created_at.localeCompare(a.created_at));
}
