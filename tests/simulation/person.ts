import { stages } from '$lib/entities/deal';
import type { EntityName } from '$lib/entities/registry';
import { recordEvent } from '$lib/store/events';
import { mutate, type Edit } from '$lib/store/mutate';
import type { Store } from '$lib/store/store';
import type { Random } from './random';

const words = ['Ana', 'Bo', 'Cy', 'Dee', 'Eli', 'Fay'];
const tags = ['vip', 'seafood', 'hotel', 'new'];
const worked: EntityName[] = ['contacts', 'companies', 'deals', 'tasks', 'notes'];

/** Something a person does with the app: mostly edits, now and then something the server must refuse. */
export async function act(store: Store, random: Random): Promise<void> {
  const entity = random.pick(worked);
  const rows = await store.db.rows(entity).toArray();
  const row = rows.length > 0 && random.chance(0.75) ? random.pick(rows) : undefined;
  if (!row) return mutate(store, [await creation(store, entity, random)]);
  await recordEvent(store, { action: 'view', entity_type: entity, entity_id: row.id });
  if (row.deleted_at) return mutate(store, [{ op: 'restore', entity, id: row.id } as Edit]);
  if (random.chance(0.12)) return mutate(store, [{ op: 'delete', entity, id: row.id } as Edit]);
  await mutate(store, [{ op: 'update', entity, id: row.id, values: change(entity, random, store) } as Edit]);
}

async function creation(store: Store, entity: EntityName, random: Random): Promise<Edit> {
  const id = store.newId();
  const companies = await store.db.rows('companies').toArray();
  // A company nobody has: the server refuses the reference, and what builds on the record with it.
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

function change(entity: EntityName, random: Random, store: Store): object {
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
      () => ({ stage: random.pick(stages), position: `a${random.next()}` }),
      () => ({ amount: Math.floor(random.next() * 1000) }),
      () => ({ tags: some(tags) }),
    ],
    tasks: [() => ({ done_at: store.now().toISOString() }), () => ({ title: random.pick(words) })],
    notes: [() => ({ body: random.pick(words) })],
  };
  return random.pick(choices[entity] ?? [])();
}
