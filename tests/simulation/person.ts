import type { Conflict } from '$lib/entities/conflict';
import { stages, type Deal } from '$lib/entities/deal';
import type { EntityName } from '$lib/entities/registry';
import { applyAgain, giveUp, resolveField } from '$lib/features/conflicts/mutations';
import { moved } from '$lib/shared/pipeline/move';
import { setCurrentStore } from '$lib/store/current';
import { StoreError } from '$lib/store/errors';
import { recordEvent } from '$lib/store/events';
import { mergeRecords } from '$lib/store/merge-records';
import { mutate } from '$lib/store/write';
import type { Edit } from '$lib/entities/mutation';
import type { Store } from '$lib/store/store';
import type { Random } from './random';

const words = ['Ana', 'Bo', 'Cy', 'Dee', 'Eli', 'Fay'];
const tags = ['vip', 'seafood', 'hotel', 'new'];
const worked: EntityName[] = ['contacts', 'companies', 'deals', 'tasks', 'notes'];

/** A person's action in the app: mostly edits, sometimes a change that the server must refuse. */
export async function act(store: Store, random: Random): Promise<void> {
  if (random.chance(0.03)) return poison(store, random);
  if (random.chance(0.05)) return together(store, random);
  if (random.chance(0.08) && (await decide(store, random))) return;
  if (random.chance(0.02) && (await unite(store, random))) return;
  const entity = random.pick(worked);
  const rows = await store.db.rows(entity).orderBy('id').toArray();
  // Everyone works on the first few records, so that their changes meet.
  const worth = random.chance(0.5) ? rows.slice(0, 3) : rows;
  const row = rows.length > 0 && random.chance(0.8) ? random.pick(worth) : undefined;
  if (!row) return mutate(store, [await creation(store, entity, random)]);
  await recordEvent(store, { action: 'view', entity_type: entity, entity_id: row.id });
  if (row.deleted_at) return mutate(store, [{ op: 'restore', entity, id: row.id } as Edit]);
  if (random.chance(0.12)) return mutate(store, [{ op: 'delete', entity, id: row.id } as Edit]);
  await mutate(store, [
    { op: 'update', entity, id: row.id, values: change(entity, random, store, row) } as Edit,
  ]);
}

/** A change that no server accepts: a field that does not exist, or an invalid id that spoils the whole request. */
async function poison(store: Store, random: Random): Promise<void> {
  const id = random.chance(0.5) ? store.newId() : `poison ${random.next()}`;
  const values = { name: random.pick(words), no_such_field: 1 };
  await mutate(store, [{ op: 'insert', entity: 'companies', id, values } as Edit]);
}

/** A company and its first deal, all or nothing; sometimes for a principal that does not exist. */
async function together(store: Store, random: Random): Promise<void> {
  const company_id = store.newId();
  const principal_id = random.chance(0.3) ? store.newId() : null;
  const deal = { name: random.pick(words), position: `a${random.next()}`, company_id, principal_id };
  await mutate(
    store,
    [
      { op: 'insert', entity: 'companies', id: company_id, values: { name: random.pick(words) } },
      { op: 'insert', entity: 'deals', id: store.newId(), values: deal },
    ],
    { group: true },
  );
}

/** Decides one of the person's own open conflicts, like the inbox. */
async function decide(store: Store, random: Random): Promise<boolean> {
  const conflicts = await store.db.rows('conflicts').orderBy('id').toArray();
  const open = conflicts.filter((row) => row.author_id === store.userId && !row.resolved_at);
  if (open.length === 0) return false;
  const conflict: Conflict = random.pick(open);
  setCurrentStore(store);
  if (random.chance(0.4) || !(await applied(conflict))) await giveUp(conflict);
  return true;
}

/** Has a change applied after all; false if what it needs is not on the tablet. */
async function applied(conflict: Conflict): Promise<boolean> {
  try {
    if (conflict.kind === 'field') await resolveField(conflict, 'mine', conflict.mine);
    else await applyAgain(conflict);
    return true;
  } catch (cause) {
    if (cause instanceof StoreError && cause.code === 'not_found') return false;
    throw cause;
  }
}

/** Finds two records that are the same, and merges them. */
async function unite(store: Store, random: Random): Promise<boolean> {
  const entity = random.pick(['contacts', 'companies'] as const);
  const rows = await store.db.rows(entity).orderBy('id').toArray();
  const alive = rows.filter((row) => row.deleted_at === null).map((row) => row.id);
  const [id, ...from] = [random.pick(alive), random.pick(alive)];
  if (!id || from.includes(id)) return false;
  await mergeRecords(store, { entity, id, from, choices: {} });
  return true;
}

async function creation(store: Store, entity: EntityName, random: Random): Promise<Edit> {
  const id = store.newId();
  const companies = await store.db.rows('companies').orderBy('id').toArray();
  // A company that does not exist: the server refuses the reference, and every change that builds on the record.
  const company_id = random.chance(0.05)
    ? store.newId()
    : companies.length > 0
      ? random.pick(companies).id
      : null;
  const values: Record<string, object> = {
    contacts: { first_name: random.pick(words), company_id, emails: [], phones: [] },
    companies: { name: random.pick(words) },
    deals: { name: random.pick(words), company_id, position: `a${random.next()}` },
    tasks: { title: random.pick(words), company_id },
    notes: { body: random.pick(words), company_id },
  };
  return { op: 'insert', entity, id, values: values[entity] } as Edit;
}

function change(entity: EntityName, random: Random, store: Store, row: object): object {
  const some = <T>(items: T[]) => items.filter(() => random.chance(0.5));
  const choices: Record<string, (() => object)[]> = {
    contacts: [
      () => ({ title: random.pick(words) }),
      () => ({ last_name: random.pick(words), city: random.pick(words) }),
      () => ({ tags: some(tags) }),
      () => ({
        phones: some(['1', '2', '3']).map((value) => ({ value, label: random.pick(['Work', 'Home']) })),
      }),
    ],
    companies: [() => ({ name: random.pick(words) }), () => ({ tags: some(tags), city: random.pick(words) })],
    deals: [
      () => moved(row as Deal, random.pick(stages), `a${random.next()}`, store.now()),
      () => ({ lost_reason: random.pick(words) }),
      () => ({ archived_at: random.pick([null, store.now().toISOString()]) }),
      () => ({ amount: Math.floor(random.next() * 1000) }),
      () => ({ tags: some(tags) }),
    ],
    tasks: [() => ({ done_at: store.now().toISOString() }), () => ({ title: random.pick(words) })],
    notes: [() => ({ body: random.pick(words) })],
  };
  return random.pick(choices[entity] ?? [])();
}
