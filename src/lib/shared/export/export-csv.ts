import type { EntityName } from '$lib/entities/registry';
import { currentStore } from '$lib/store/current';
import { recordEvent } from '$lib/store/events';
import { localDate } from '$lib/ui/format-date';
import { saveFile } from '$lib/ui/save-file.svelte';
import { csvFile, toCsv, type Column } from './csv';

/**
 * Records an export for the activity log, then gives the rows to the person as a file named like
 * `contacts-2026-11-22.csv`. If it cannot record the export, it makes no file.
 * @param entity the entity in the file, for the log
 * @param name the name of the file, if it does not hold the records themselves
 * @throws StoreError if the export could not be recorded
 */
export async function exportCsv<Row>(
  entity: EntityName | 'activity_logs',
  rows: Row[],
  columns: Column<Row>[],
  name: string = entity,
): Promise<void> {
  const store = currentStore();
  const csv = await toCsv(rows, columns);
  await recordEvent(store, { action: 'export', entity_type: entity });
  saveFile(csvFile(`${name}-${localDate(store.now())}.csv`, csv));
}
