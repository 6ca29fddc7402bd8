import { referring } from '$lib/store/read';

/** How many unresolved conflicts of this author a record has on this device. */
export async function openConflicts(recordId: string): Promise<number> {
  const conflicts = await referring('conflicts', 'record_id', recordId);
  return conflicts.filter((conflict) => conflict.resolved_at === null).length;
}
