import { entityNames, type EntityName } from '$lib/entities/registry';
import type { CrmDatabase } from './database';

/** A row from the server that this release could not read. The device keeps the copy that it had. */
export interface SetAside {
  entity: EntityName;
  id: string;
  version: number;
  /** Which fields are to blame and how; for support. */
  why: string;
}

const prefix = 'set_aside/';
const keyOf = (entity: EntityName, id: string): string => `${prefix}${entity}/${id}`;

const keptIn = ({ meta }: CrmDatabase) => meta.where('key').startsWith(prefix);

/** The rows that are set aside on this device. */
export async function setAsideRows(db: CrmDatabase): Promise<SetAside[]> {
  const kept = await keptIn(db).toArray();
  return kept.map(({ value }) => value as SetAside).filter(({ entity }) => entityNames.includes(entity));
}

/** Remembers rows that cannot be read. Runs inside the caller's transaction. */
export async function setAside(db: CrmDatabase, rows: SetAside[]): Promise<void> {
  if (rows.length > 0)
    await db.meta.bulkPut(rows.map((value) => ({ key: keyOf(value.entity, value.id), value })));
}

/** Forgets the rows that match, because they were read since or are gone. Runs inside the caller's transaction. */
export async function takeBack(
  db: CrmDatabase,
  matches: (entity: string, id: string) => boolean,
): Promise<void> {
  const keys = (await keptIn(db).primaryKeys()) as string[];
  const over = keys.filter((key) => {
    const [, entity = '', id = ''] = key.split('/');
    return matches(entity, id);
  });
  if (over.length > 0) await db.meta.bulkDelete(over);
}

/** Returns the numbers of the outbox entries whose records are not set aside. */
export async function notSetAside(db: CrmDatabase, seqs: number[]): Promise<number[]> {
  if (seqs.length === 0) return seqs;
  const keys = new Set(await keptIn(db).primaryKeys());
  if (keys.size === 0) return seqs;
  const entries = await db.outbox.bulkGet(seqs);
  return seqs.filter((_, at) => {
    const entry = entries[at];
    return !entry || !keys.has(keyOf(entry.entity, entry.id));
  });
}
