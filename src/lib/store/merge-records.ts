import { type EntityName, type Row, registry } from '$lib/entities/registry';
import { pageLife } from '$lib/lifecycle/page-life';
import { applyMerge, references, applyMutation } from './rebase';
import { asStoreError, StoreError } from './errors';
import { readMeta } from './meta';
import type { OutboxEntry } from './tables';
import type { Mutation } from '$lib/entities/mutation';
import type { Store } from './store';
import { announceWrite } from './writes';
import { mergeField, type MergeRule } from '$lib/entities/merge';
import { synced } from '$lib/entities/fields';
import { same } from '$lib/entities/same';

/** Duplicates become one record; see `mergedFields` for `choices`. */
export interface Merge {
  entity: Mergeable;
  /** The record that stays. */
  id: string;
  /** The records that become part of it. */
  from: string[];
  choices: Record<string, string>;
}

/** A record that a merge moved, as it was before. */
export interface Referrer {
  entity: EntityName;
  row: Row;
}

const tables: EntityName[] = ['contacts', 'companies', 'deals', 'notes', 'tasks'];

/**
 * Merges duplicates: the records as the server will make them and one mutation to send, whatever it moves,
 * in one IndexedDB transaction.
 * @param group_id the server applies it together with the other writes that name this group, or not at all
 * @returns the records that referred to the merged ones, as they were
 * @throws StoreError `not_found` where one of the records is not on this device or no longer alive,
 * `storage_full`, `storage_unavailable`; nothing was stored then
 */
export async function mergeRecords(store: Store, merge: Merge, group_id?: string): Promise<Referrer[]> {
  const { db } = store;
  let moved: Referrer[];
  try {
    moved = await pageLife.untilDone(() =>
      db.transaction(
        'rw',
        [...tables.map((entity) => db.rows(entity)), db.outbox, db.base_rows, db.meta],
        async () => storeMerge(store, merge, group_id),
      ),
    );
  } catch (cause) {
    throw asStoreError(cause);
  }
  announceWrite(store, tables);
  return moved;
}

async function storeMerge(store: Store, edit: Merge, group_id: string | undefined): Promise<Referrer[]> {
  const { db, userId } = store;
  // The server takes the merged records in the order of their ids.
  const from = [...new Set(edit.from)].filter((id) => id !== edit.id).sort();
  const [survivor, ...merged] = await db.rows(edit.entity).bulkGet([edit.id, ...from]);
  if (!survivor || survivor.deleted_at || merged.length === 0) throw new StoreError('not_found');
  const rows = merged.filter((row) => row && !row.deleted_at) as Row<Mergeable>[];
  if (rows.length < merged.length) throw new StoreError('not_found');
  const shows = mergedFields(edit.entity, survivor, rows, edit.choices);
  const base = Object.keys(shows).map((field) => [field, Reflect.get(survivor, field) ?? null] as const);
  const affected = [
    ...from.map((id) => [edit.entity, id] as [EntityName, string]),
    ...(await referrers(store, edit.entity, from)),
  ];
  const known_at = await readMeta(db, 'server_time');
  const mutation: Mutation = {
    mutation_id: store.newId(),
    ...(group_id ? { group_id } : {}),
    entity: edit.entity,
    id: edit.id,
    op: 'merge',
    base_version: survivor.version,
    base: Object.fromEntries(base),
    patch: { into: edit.id, from, choices: edit.choices },
    shows,
    occurred_at: store.now().toISOString(),
    ...(known_at ? { known_at } : {}),
  };
  const seq = await db.outbox.add({ ...mutation, affected, state: 'pending' } as OutboxEntry);
  await keepBase(store, edit.entity, survivor);
  await db.rowsOf(edit.entity).put(applyMutation(survivor, mutation, userId) as Row);
  const moved: Referrer[] = [];
  for (const [entity, id] of affected) {
    const row = await db.rows(entity).get(id);
    if (!row) continue;
    if (!from.includes(id)) moved.push({ entity, row });
    await keepBase(store, entity, row, seq);
    await db.rowsOf(entity).put(applyMerge(row, mutation, userId));
  }
  return moved;
}

async function keepBase({ db }: Store, entity: EntityName, row: Row, merge?: number): Promise<void> {
  const kept = (await db.base_rows.get([entity, row.id])) ?? { entity, id: row.id, row };
  await db.base_rows.put(merge === undefined ? kept : { ...kept, merges: [...(kept.merges ?? []), merge] });
}

/** The rows of this device, deleted ones too, that refer to one of the merged records. */
async function referrers({ db }: Store, entity: Mergeable, ids: string[]): Promise<[EntityName, string][]> {
  const fields: [EntityName, string][] =
    entity === 'companies'
      ? [
          ['contacts', 'company_id'],
          ['deals', 'company_id'],
          ['deals', 'principal_id'],
          ['notes', 'company_id'],
          ['tasks', 'company_id'],
        ]
      : [
          ['deals', 'contact_ids'],
          ['notes', 'contact_id'],
          ['tasks', 'contact_id'],
        ];
  const found = new Map<string, [EntityName, string]>();
  for (const [table, field] of fields)
    for (const id of await db.rows(table).where(field).anyOf(ids).primaryKeys())
      found.set(`${table}/${id}`, [table, id]);
  return [...found.values()];
}

/** The entities whose duplicates can become one record. */
export type Mergeable = 'contacts' | 'companies';

type Fields = Record<string, unknown>;
/** The fields that no device writes. */
const serversOwn = ['merged_into', 'made_at'];
/** Whose record it is, and which import made it, is the survivor's matter. */
const survivorsOwn = ['owner_id', 'import_batch_id'];

/**
 * The fields that a merge changes in the survivor, as the server decides them: what was chosen, else the
 * survivor's own value; an empty one is filled from the merged records in their order, and sets unite.
 * @param choices by field, the id of the record whose value stays
 */
export function mergedFields<E extends Mergeable>(
  entity: E,
  survivor: Row<E>,
  merged: Row<E>[],
  choices: Record<string, string>,
): Partial<Row<E>> {
  const rules = registry[entity].rules as Record<string, MergeRule | undefined>;
  const values: Fields = {};
  for (const field of Object.keys(registry[entity].schema.shape)) {
    if (field in synced || serversOwn.includes(field)) continue;
    const own = Reflect.get(survivor, field) as unknown;
    const value = choices[field]
      ? valueOf([survivor, ...merged], choices[field], field)
      : survivorsOwn.includes(field)
        ? own
        : merged.reduce<unknown>((kept, row) => unite(rules[field], kept, Reflect.get(row, field)), own);
    if (!same(value, own)) values[field] = value;
  }
  return values as Partial<Row<E>>;
}

const valueOf = (rows: { id: string }[], id: string, field: string): unknown =>
  Reflect.get(rows.find((row) => row.id === id) ?? {}, field) ?? null;

function unite(rule: MergeRule | undefined, kept: unknown, other: unknown): unknown {
  if (rule === 'set' || rule === 'keyed_set') return mergeField(rule, [], other, kept).value;
  return kept === null || kept === '' ? other : kept;
}

/**
 * Returns the fields that undo a merge in a record that referred to the merged ones. Each reference that still points to
 * the survivor points to its earlier record again.
 */
export function undoMerge(
  before: Row,
  now: Row,
  { entity, id, from }: { entity: EntityName; id: string; from: string[] },
): Record<string, unknown> {
  const { one = [], many = [] } = references[entity] ?? {};
  const [was, is] = [before, now].map((row) => row as unknown as Record<string, unknown>);
  const values: Record<string, unknown> = {};
  for (const field of one)
    if (from.includes(was?.[field] as string) && is?.[field] === id) values[field] = was?.[field];
  for (const field of many) {
    const [old, kept] = [was?.[field], is?.[field]];
    if (!Array.isArray(old) || !Array.isArray(kept) || !kept.includes(id)) continue;
    const back = old.filter((each) => from.includes(each as string));
    const stays = kept.filter((each) => each !== id || old.includes(id));
    if (back.length > 0) values[field] = [...new Set([...stays, ...back])];
  }
  return values;
}
