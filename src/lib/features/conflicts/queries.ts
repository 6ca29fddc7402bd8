import type { Conflict } from '$lib/entities/conflict';
import type { Member } from '$lib/entities/member';
import { recordName } from '$lib/entities/record-name';
import { definition, type EntityName, type Row } from '$lib/entities/registry';
import { currentStore } from '$lib/store/current';
import { all } from '$lib/store/read';
import { formatValue } from './format-value';

export interface OpenConflict {
  conflict: Conflict;
  row: Row | undefined;
  name: string;
  /** Who wrote the other value. */
  theirsBy: string;
  base: string;
  mine: string;
  theirs: string;
}

/** Conflicts that wait for a decision, newest first, with their values in words. */
export async function openConflicts(): Promise<OpenConflict[]> {
  const open = (await all('conflicts')).filter((conflict) => !conflict.resolved_at);
  const members = new Map((await all('members')).map((member) => [member.id, member]));
  const described = await Promise.all(open.map((conflict) => describeConflict(conflict, members)));
  return described.sort((a, b) => b.conflict.created_at.localeCompare(a.conflict.created_at));
}

async function describeConflict(conflict: Conflict, members: Map<string, Member>): Promise<OpenConflict> {
  const { db } = currentStore();
  const known = definition(conflict.entity) !== undefined;
  const row = known ? await db.rows(conflict.entity as EntityName).get(conflict.record_id) : undefined;
  const by = conflict.theirs_by ? members.get(conflict.theirs_by) : undefined;
  const field = conflict.field ?? '';
  return {
    conflict,
    row,
    name: recordName(conflict.entity, row ?? (conflict.patch as Partial<Row> | null) ?? undefined),
    theirsBy: by ? (by.full_name ?? by.email) : 'somebody else',
    base: await formatValue(field, conflict.base),
    mine: await formatValue(field, conflict.mine),
    theirs: await formatValue(field, conflict.theirs),
  };
}
