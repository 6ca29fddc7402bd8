import type { FieldPrints } from '$lib/entities/fingerprint';
import type { EntityName } from '$lib/entities/registry';
import type { CrmDatabase } from './database';

/** Fields by entity, each with the fingerprint of the schema by which it was read. */
export type StoredFields = Partial<Record<EntityName, FieldPrints>>;

/** By which rule the rows have their sort keys. */
export interface SortKeysMeta {
  rule: number;
  /** While a rebuild is under way, the last row that has its new key. */
  last?: { entity: EntityName; id: string };
}

interface MetaValues {
  /** Names this installation to the server; bound there to the first person who uses it. */
  client_id: string;
  /** The opaque token of the start of the next delta. */
  cursor: string;
  /** Names the server's history that the newest complete pull came from; opaque. */
  epoch: string;
  /** The next page of a first pull that was cut off; opaque. */
  page: string;
  /** The fields that every stored row holds, as far as the server has them. */
  fields: StoredFields;
  /** The same for the entities that the pull of `page` brings whole, up to that page. */
  whole: StoredFields;
  /** The newest time that the server has told, ISO: nothing that is done here from then on happened before it. */
  server_time: string;
  sort_keys: SortKeysMeta;
  /** When a complete pull last succeeded, ISO. */
  last_pulled_at: string;
}

/** A value stored beside the records, or `undefined` if there is none. */
export async function readMeta<K extends keyof MetaValues>(
  db: CrmDatabase,
  key: K,
): Promise<MetaValues[K] | undefined> {
  return (await db.meta.get(key))?.value as MetaValues[K] | undefined;
}

/** Keeps a value, or removes it where `value` is undefined. */
export async function writeMeta<K extends keyof MetaValues>(
  db: CrmDatabase,
  key: K,
  value: MetaValues[K] | undefined,
): Promise<void> {
  if (key === 'server_time') db.serverTime = value as string | undefined;
  if (value === undefined) await db.meta.delete(key);
  else await db.meta.put({ key, value });
}

/** Forgets this installation's id, so that it gets a new one. Needed if the id belongs to somebody else on the server. */
export const forgetClientId = (db: CrmDatabase): Promise<void> => writeMeta(db, 'client_id', undefined);

/** This installation's id, made on first use. */
export function clientId(db: CrmDatabase, newId: () => string): Promise<string> {
  return db.transaction('rw', db.meta, async () => {
    const known = await readMeta(db, 'client_id');
    if (known) return known;
    const made = newId();
    await writeMeta(db, 'client_id', made);
    return made;
  });
}
