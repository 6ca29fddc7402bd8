import type { EntityName } from '$lib/entities/registry';
import { currentStore } from '$lib/store/current';
import { recordEvent } from '$lib/store/events';
import { localDate } from '$lib/ui/format-date';
import { saveFile } from '$lib/ui/save-file.svelte';
import { csvFile, toCsv, type Column } from './csv';

/**
 * Records an export for the activity log, then gives the rows to the person as a file
 * named like `contacts-2026-11-22.csv`. What cannot be recorded is not exported.
 * @throws StoreError where the export could not be recorded
 */
export async function exportCsv<Row>(
  entity: EntityName | 'activity_logs',
  rows: Row[],
  columns: Column<Row>[],
): Promise<void> {
  const store = currentStore();
  const csv = await toCsv(rows, columns);
  await recordEvent(store, { action: 'export', entity_type: entity });
  saveFile(csvFile(`${entity}-${localDate(store.now())}.csv`, csv));
}
