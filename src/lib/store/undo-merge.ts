import type { EntityName, Row } from '$lib/entities/registry';
import { references } from './apply-merge';

/**
 * The fields that take back what a merge did to a record that refers to the merged ones: each reference that still
 * leads to the survivor leads to where it led before.
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
