import type { EntityName, Row } from '$lib/entities/registry';
import { same } from '$lib/entities/same';
import { applyMerge } from '$lib/store/rebase';
import type { Edit } from '$lib/entities/mutation';
import { all } from '$lib/store/read';
import type { Part } from './merges';

const referring: EntityName[] = ['contacts', 'deals', 'notes', 'tasks'];

/**
 * The edits that restore the records that were merged into a record, and delete it. References to it move to the oldest
 * of them.
 */
export async function takenApart(
  entity: 'contacts' | 'companies' | 'deals',
  id: string,
  parts: Part[],
): Promise<Edit[]> {
  const [heir] = parts;
  if (!heir) return [];
  const moves = await Promise.all(
    referring.map(async (table) =>
      (await all(table)).flatMap((row) => moveOf(table, row, entity, id, heir.id)),
    ),
  );
  // The restored ones come first: the server moves references to a merged record to the one that it was merged into.
  return [
    ...parts.map((part) => ({ op: 'restore', entity, id: part.id }) as Edit),
    ...moves.flat(),
    { op: 'delete', entity, id },
  ];
}

function moveOf(table: EntityName, row: Row, entity: EntityName, from: string, to: string): Edit[] {
  const merge = { entity, id: to, patch: { from: [from] }, occurred_at: '' };
  const moved = applyMerge(row, merge, '');
  const changed = Object.entries(moved).filter(([field, value]) => !same(value, Reflect.get(row, field)));
  if (changed.length === 0 || row.id === from) return [];
  return [
    { op: 'update', entity: table, id: row.id, values: Object.fromEntries(changed), seen: row } as Edit,
  ];
}
