import { entityWord, entityWords } from '$lib/shared/records/record-name';
import { entityNames } from '$lib/entities/registry';
import { currentStore } from '$lib/store/current';
import { setAsideRows } from '$lib/store/set-aside';
import { formatCount } from '$lib/ui/format-count';

/** A sentence for each kind of record with rows that this version of the app could not read. */
export async function setAsideWords(): Promise<string[]> {
  const rows = await setAsideRows(currentStore().db);
  return entityNames.flatMap((entity) => {
    const count = rows.filter((row) => row.entity === entity).length;
    if (count === 0) return [];
    const words = count === 1 ? entityWord[entity] : entityWords(entity);
    return [`${formatCount(count)} ${words} could not be read by this version of the app. Update the app.`];
  });
}
