import type { ImportBatch } from '$lib/entities/import-batch';
import { same } from '$lib/entities/same';
import { currentStore } from '$lib/store/current';
import { mutate, type Edit } from '$lib/store/mutate';
import { all, one, referring } from '$lib/store/read';
import type { Store } from '$lib/store/store';
import { forgetUndoNotes, undoNotes, type UndoNotes } from './kept-run';

const editsAtOnce = 100;

/**
 * Deletes the records that an import made, gives those it changed their former values where nobody has
 * changed them since, and marks it undone. Deleted records can be restored one by one. A company stays where
 * somebody has put another contact or a deal on it since. Deals and changes can be undone on the device that
 * imported them.
 * @throws StoreError where some could not be undone; it can be called again
 */
export async function undoImport(batchId: string): Promise<void> {
  const store = currentStore();
  const notes = await undoNotes(store, batchId);
  if (notes) await undoNoted(store, notes);
  const [contacts, companies] = await Promise.all([all('contacts'), all('companies')]);
  const people = contacts.filter((row) => row.import_batch_id === batchId);
  await write(people.map(({ id }) => ({ op: 'delete', entity: 'contacts', id })));
  const unused: Edit[] = [];
  for (const { id, import_batch_id } of companies)
    if (import_batch_id === batchId && !(await isUsed(id)))
      unused.push({ op: 'delete', entity: 'companies', id });
  await write(unused);
  const seen = await one('import_batches', batchId);
  if (!seen) return;
  const values = { undone_at: store.now().toISOString() };
  await mutate(store, [{ op: 'update', entity: 'import_batches', id: batchId, values, seen }]);
  await forgetUndoNotes(store, batchId);
}

async function undoNoted({ db }: Store, { deals, updates }: UndoNotes): Promise<void> {
  const rows = await db.rows('deals').bulkGet(deals);
  const there = rows.flatMap((row) => (row?.deleted_at === null ? [row.id] : []));
  await write(there.map((id) => ({ op: 'delete', entity: 'deals', id })));
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

async function isUsed(companyId: string): Promise<boolean> {
  const uses = await Promise.all([
    referring('contacts', 'company_id', companyId),
    referring('deals', 'company_id', companyId),
    referring('deals', 'principal_id', companyId),
  ]);
  return uses.some((rows) => rows.length > 0);
}

/** This person's imports that can still be undone, the newest first; of deals those of this device. */
export async function undoableImports(): Promise<ImportBatch[]> {
  const store = currentStore();
  const batches = (await all('import_batches')).filter((batch) => batch.undone_at === null);
  const here = await Promise.all(
    batches.map(async ({ id, entity }) => entity !== 'deals' || (await undoNotes(store, id)) !== undefined),
  );
  return batches.filter((_, index) => here[index]).sort((a, b) => b.created_at.localeCompare(a.created_at));
}
