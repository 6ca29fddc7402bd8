import type { ImportBatch } from '$lib/entities/import-batch';
import { currentStore } from '$lib/store/current';
import { mutate, type Edit } from '$lib/store/mutate';
import { all, one, referring } from '$lib/store/read';

const editsAtOnce = 100;

/**
 * Deletes the records that an import made and marks it undone; they can be restored one by one like any
 * deleted record. A company stays where somebody has put another contact or a deal on it since.
 * @throws StoreError where some could not be deleted; it can be called again
 */
export async function undoImport(batchId: string): Promise<void> {
  const store = currentStore();
  const [contacts, companies] = await Promise.all([all('contacts'), all('companies')]);
  const people = contacts.filter((row) => row.import_batch_id === batchId);
  await deleteAll(
    'contacts',
    people.map(({ id }) => id),
  );
  const unused: string[] = [];
  for (const { id, import_batch_id } of companies)
    if (import_batch_id === batchId && !(await isUsed(id))) unused.push(id);
  await deleteAll('companies', unused);
  const seen = await one('import_batches', batchId);
  if (!seen) return;
  const values = { undone_at: store.now().toISOString() };
  await mutate(store, [{ op: 'update', entity: 'import_batches', id: batchId, values, seen }]);
}

async function deleteAll(entity: 'contacts' | 'companies', ids: string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += editsAtOnce) {
    const edits = ids.slice(from, from + editsAtOnce).map((id): Edit => ({ op: 'delete', entity, id }));
    await mutate(currentStore(), edits);
  }
}

async function isUsed(companyId: string): Promise<boolean> {
  const uses = await Promise.all([
    referring('contacts', 'company_id', companyId),
    referring('deals', 'company_id', companyId),
    referring('deals', 'principal_id', companyId),
  ]);
  return uses.some((rows) => rows.length > 0);
}

/** This person's imports that can still be undone, the newest first. */
export async function undoableImports(): Promise<ImportBatch[]> {
  const batches = await all('import_batches');
  return batches
    .filter((batch) => batch.undone_at === null)
    .sort((a, b) => b.created_at.localeCompare(a.created_at));
}
