import type { Conflict } from '$lib/entities/conflict';
import { recordPath } from '$lib/shared/records/record-name';
import { definition, type EntityName, type Row } from '$lib/entities/registry';
import { currentStore } from '$lib/store/current';
import type { OutboxEntry } from '$lib/store/tables';
import { aboutOf, type About, type Referring } from '$lib/shared/records/about';
import { describe, type Sentence } from './describe';

export interface Waiting {
  entry: OutboxEntry;
  sentence: Sentence;
  /** The page of the changed record, if it has one. */
  path: string | undefined;
  /** The contact, company or deal that the changed note or task is about. */
  about: About | undefined;
}

const shown = 200;

/** The changes that the server does not have, oldest first, in words; at most 200 of them. */
export async function waiting(): Promise<{ items: Waiting[]; total: number }> {
  const { db } = currentStore();
  const entries = await db.outbox.where('state').anyOf('pending', 'reoffered', 'refused').sortBy('seq');
  const described = await Promise.all(
    entries.slice(0, shown).map(async (entry) => {
      const { entity, id, row } = await subjectOf(entry);
      const sentence = describe(entry, row, entity);
      return { entry, sentence, path: recordPath(entity, id), refers: refersTo(entity, row, entry) };
    }),
  );
  const aboutOfRow = await aboutOf(described.map(({ refers }) => refers));
  const items = described.map(({ refers, ...item }) => ({ ...item, about: aboutOfRow(refers) }));
  return { items, total: entries.length };
}

const nothing: Referring = { contact_id: null, company_id: null, deal_id: null };

/** The subject of a note or task, from this device, or else from the sent change. */
function refersTo(entity: EntityName, row: Row | undefined, { patch }: OutboxEntry): Referring {
  if (entity !== 'notes' && entity !== 'tasks') return nothing;
  return { ...nothing, ...(row ?? patch) };
}

interface Subject {
  entity: EntityName;
  id: string;
  row: Row | undefined;
}

const find = async (entity: EntityName, id: string): Promise<Subject> => ({
  entity,
  id,
  row: await currentStore().db.rows(entity).get(id),
});

/** The subject of a change: its own record, or the record of a conflict. */
async function subjectOf({ entity, id }: OutboxEntry): Promise<Subject> {
  const own = await find(entity, id);
  const conflict = entity === 'conflicts' ? (own.row as Conflict | undefined) : undefined;
  if (!conflict || !definition(conflict.entity)) return own;
  return find(conflict.entity as EntityName, conflict.record_id);
}
