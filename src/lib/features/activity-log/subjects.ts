import { entityWord, recordName, recordPath } from '$lib/shared/records/record-name';
import { definition, type EntityName } from '$lib/entities/registry';
import { currentStore } from '$lib/store/current';
import { aboutOf } from '$lib/shared/records/about';
import type { LogEntry } from '$lib/shared/history/entry';
import { entityWords } from '$lib/shared/history/words';

/** The subject of an entry in words, with its page if it has one. */
export interface LogSubject {
  label: string;
  href: string | undefined;
  /** The kind of record, if `label` is a record's name. */
  kind: string | undefined;
}

type About = Pick<LogEntry, 'entity_type' | 'entity_id'>;
const keyOf = ({ entity_type, entity_id }: About) => `${entity_type}/${entity_id}`;

/** Looks up the records that entries are about, with one read for each entity. */
export async function subjectsOf(entries: About[]): Promise<(entry: About) => LogSubject> {
  const { db } = currentStore();
  const byEntity = new Map<EntityName, Set<string>>();
  for (const { entity_type, entity_id } of entries)
    if (entity_id && definition(entity_type)) {
      const entity = entity_type as EntityName;
      byEntity.set(entity, (byEntity.get(entity) ?? new Set()).add(entity_id));
    }
  const found = new Map<string, LogSubject>();
  for (const [entity, ids] of byEntity) {
    const rows = (await db.rows(entity).bulkGet([...ids])).filter((row) => row !== undefined);
    const abouts = await pagesOf(entity, rows);
    for (const row of rows)
      found.set(keyOf({ entity_type: entity, entity_id: row.id }), {
        label: recordName(entity, row),
        href: recordPath(entity, row.id) ?? abouts(row),
        kind: entityWord[entity],
      });
  }
  return (entry) => found.get(keyOf(entry)) ?? unnamed(entry);
}

/** Notes and tasks lead to the page of the record they are on. */
async function pagesOf(entity: EntityName, rows: object[]): Promise<(row: object) => string | undefined> {
  if (entity !== 'notes' && entity !== 'tasks') return () => undefined;
  const about = await aboutOf(rows as Parameters<typeof aboutOf>[0]);
  return (row) => about(row as Parameters<typeof about>[0])?.href;
}

/** The entry is about a page, or about a record that this device does not have. */
const unnamed = ({ entity_type, entity_id }: About): LogSubject => ({
  label: entity_id && definition(entity_type) ? recordName(entity_type, undefined) : entityWords(entity_type),
  href: undefined,
  kind: undefined,
});
