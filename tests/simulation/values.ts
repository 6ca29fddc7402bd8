import { expect } from 'vitest';
import { definition } from '$lib/entities/registry';
import { same } from '$lib/entities/same';
import type { Made } from './ledger';
import { unionsOf, mergedIdsOf, type Union } from './merges';
import type { World } from './world';

interface Logged {
  user_id: string | null;
  action: string;
  entity_type: string;
  entity_id: string;
  changes: Record<string, { old: unknown; new: unknown }> | null;
}

interface Receipt {
  mutation_id: string;
  status: string;
  code: string | null;
}

interface Kept {
  id: string;
  patch: Record<string, unknown> | null;
  mutation_id: string;
  author_id: string;
  record_id: string;
  kind: string;
  field: string | null;
}

const changesOf = (world: World) =>
  world.db.query<Logged & Record<string, unknown>>(
    `select user_id, action, entity_type, entity_id, changes from public.activity_logs
     where action in ('create', 'update', 'delete', 'restore') and entity_type <> 'members'`,
  );

/** Whether two people who change the field get a conflict instead of a merged value. */
const isThreeWay = (entity: string, field: string) => {
  const rules: Record<string, string> = definition(entity)?.rules ?? {};
  return (rules[field] ?? 'three_way') === 'three_way';
};

/** Every value that anyone wrote was in the record once, or is in `conflicts` for its author. */
export async function nothingIsDropped(world: World): Promise<void> {
  const receipts = await world.db.query<Receipt & Record<string, unknown>>('select * from private.receipts');
  const kept = await world.db.query<Kept & Record<string, unknown>>('select * from public.conflicts');
  const held = await valuesHeld(world);
  const unions = unionsOf(world);
  const decisions = [...world.ledger.mutations.values()].filter(({ entity }) => entity === 'conflicts');
  const decided = (made: Made) =>
    decisions.find((other) => other === made || (made.group_id && other.group_id === made.group_id));
  for (const { mutation_id, status, code } of receipts) {
    const made = world.ledger.mutations.get(mutation_id);
    if (!made) throw new Error('a receipt of a mutation that nobody created');
    const words = `${made.op} of ${made.entity} ${made.id}: ${status} ${code ?? ''}`;
    const own = kept.filter((row) => row.mutation_id === mutation_id);
    const decision = decided(made);
    if (status === 'applied' || status === 'merged') expect(own, words).toEqual([]);
    // A refused decision leaves its question as it was.
    else if (decision && own.length === 0)
      expect(made === decision || kept.some(({ id }) => id === decision.id), words).toBe(true);
    else if (status !== 'conflict' || code === 'stale') expect(own.length, words).toBe(1);
    if (status === 'rejected' || status === 'blocked' || code === 'stale') continue;
    if (made.op === 'delete' || made.op === 'merge') continue;
    const places = mergedIdsOf(unions, made.id);
    const questions = kept.filter((row) => row.author_id === made.userId && places.has(row.record_id));
    for (const [field, value] of Object.entries(made.patch)) {
      if (made.entity === 'conflicts' || !isThreeWay(made.entity, field)) continue;
      const asked = questions.some(
        (row) => row.kind === 'deleted' || row.field === field || field in (row.patch ?? {}),
      );
      const written = [...places].some((id) =>
        (held.get(`${id} ${field}`) ?? []).some((other) => same(other, value)),
      );
      expect(asked || written, `${words}: ${field} = ${JSON.stringify(value)}`).toBe(true);
    }
  }
}

/** Every value a field ever had on the server: from its log, its creation, and its current state. */
async function valuesHeld(world: World): Promise<Map<string, unknown[]>> {
  const held = new Map<string, unknown[]>();
  const add = (id: string, field: string, value: unknown) =>
    held.set(`${id} ${field}`, [...(held.get(`${id} ${field}`) ?? []), value]);
  for (const { entity_id, changes } of await changesOf(world))
    for (const [field, change] of Object.entries(changes ?? {})) {
      add(entity_id, field, change.old);
      add(entity_id, field, change.new);
    }
  for (const entity of ['contacts', 'companies', 'deals', 'notes', 'tasks'])
    for (const { row } of await world.db.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(t) as row from public.${entity} t`,
    ))
      for (const [field, value] of Object.entries(row)) add(row.id as string, field, value);
  const created = await world.db.query<{ id: string }>(
    `select entity_id as id from public.activity_logs where action = 'create'`,
  );
  const ids = new Set(created.map((row) => row.id));
  for (const made of world.ledger.mutations.values())
    if (made.op === 'insert' && ids.has(made.id))
      for (const [field, value] of Object.entries(made.patch)) add(made.id, field, value);
  return held;
}

/** Each change of a field replaced exactly the value that its author had seen. */
export async function noBlindOverwrite(world: World): Promise<void> {
  const made = byAuthorAndRecord(world);
  const unions = unionsOf(world);
  const held = await valuesHeld(world);
  for (const { user_id, action, entity_type, entity_id, changes } of await changesOf(world)) {
    // A mutation of a merged record changes the record that stays.
    const own = [...mergedIdsOf(unions, entity_id)].flatMap((id) => made.get(`${user_id} ${id}`) ?? []);
    for (const [field, change] of Object.entries(changes ?? {})) {
      // A blanked record has no values to compare.
      if (!isThreeWay(entity_type, field) || (action === 'restore' && change.old === null)) continue;
      const writers = own.filter((mutation) => field in mutation.patch);
      if (writers.length === 0 || isMoved(unions, user_id, change)) continue;
      // A merge fills the blank fields of the record that stays with the others' current values on the server.
      const filled =
        change.old === null &&
        own.some(
          ({ op, id, patch }) =>
            op === 'merge' &&
            id === entity_id &&
            (patch.from as string[]).some((from) =>
              (held.get(`${from} ${field}`) ?? []).some((value) => same(value, change.new)),
            ),
        );
      const seen = writers.some(
        ({ base, patch }) => same(base[field], change.old) && same(patch[field], change.new),
      );
      expect(
        seen || filled,
        `${entity_type}.${field}: ${JSON.stringify(change)} by somebody who saw another value`,
      ).toBe(true);
    }
  }
}

/** References to a record that became part of another point to that other one. */
const isMoved = (unions: Union[], userId: string | null, change: { old: unknown; new: unknown }) =>
  unions.some(
    ({ userId: by, into, from }) =>
      by === userId && change.new === into && from.some((id) => id === change.old),
  );

/** Nobody's changes of a record are logged more often than they made any; groups applied completely or not at all. */
export async function eachChangeIsOnce(world: World): Promise<void> {
  const made = byAuthorAndRecord(world);
  const wrote: Record<string, (mutation: Made) => boolean> = {
    create: ({ op }) => op === 'insert',
    delete: ({ op }) => op === 'delete',
    restore: ({ op }) => op === 'restore',
    update: ({ op }) => op === 'update' || op === 'insert' || op === 'restore',
  };
  const unions = unionsOf(world);
  const counts = new Map<string, number>();
  for (const { user_id, action, entity_id } of await changesOf(world)) {
    if (!user_id) continue;
    const key = `${user_id} ${entity_id}`;
    const count = (counts.get(`${key} ${action}`) ?? 0) + 1;
    counts.set(`${key} ${action}`, count);
    const own = (made.get(key) ?? []).filter((mutation) => wrote[action]?.(mutation)).length;
    // A merge changes the references to the merged records, and a mutation of a merged record changes the one that
    // stays.
    const merges = unions.filter(({ userId }) => userId === user_id).length;
    const redirected = [...mergedIdsOf(unions, entity_id)].flatMap((id) =>
      id === entity_id ? [] : (made.get(`${user_id} ${id}`) ?? []),
    );
    const most = own + redirected.length + (action === 'update' || action === 'delete' ? merges : 0);
    expect(count, `${action} of ${entity_id}, made ${most} times`).toBeLessThanOrEqual(most);
  }
  const receipts = await world.db.query<Receipt & Record<string, unknown>>('select * from private.receipts');
  const groups = new Map<string, boolean[]>();
  for (const { mutation_id, status } of receipts) {
    const group = world.ledger.mutations.get(mutation_id)?.group_id;
    if (group) groups.set(group, [...(groups.get(group) ?? []), ['rejected', 'blocked'].includes(status)]);
  }
  for (const refused of groups.values()) expect(new Set(refused).size, 'all of a group or none').toBe(1);
}

function byAuthorAndRecord(world: World): Map<string, Made[]> {
  const made = new Map<string, Made[]>();
  for (const mutation of world.ledger.mutations.values()) {
    const key = `${mutation.userId} ${mutation.id}`;
    made.set(key, [...(made.get(key) ?? []), mutation]);
  }
  return made;
}
