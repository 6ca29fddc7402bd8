import type { Conflict } from '$lib/entities/conflict';
import { recordName } from '$lib/shared/records/record-name';
import { definition, type EntityName, type Row } from '$lib/entities/registry';
import { currentStore } from '$lib/store/current';
import { all } from '$lib/store/read';
import { formatValue } from '$lib/shared/records/format-value';
import { otherAuthor, who } from '$lib/shared/records/who';

export interface OpenConflict {
  conflict: Conflict;
  row: Row | undefined;
  name: string;
  /** The author of the other value, to begin a sentence with. */
  theirsBy: string;
  /** The author of this change, if it is somebody who left and not this person. */
  author: string | undefined;
  base: string;
  mine: string;
  theirs: string;
}

/** Open conflicts, newest first, with their values in words. */
export async function openConflicts(): Promise<OpenConflict[]> {
  const open = (await all('conflicts')).filter((conflict) => !conflict.resolved_at);
  const described = await Promise.all(open.map(describeConflict));
  return described.sort((a, b) => b.conflict.created_at.localeCompare(a.conflict.created_at));
}

async function describeConflict(conflict: Conflict): Promise<OpenConflict> {
  const { db } = currentStore();
  const known = definition(conflict.entity) !== undefined;
  const row = known ? await db.rows(conflict.entity as EntityName).get(conflict.record_id) : undefined;
  const field = conflict.field ?? '';
  const { currency } = { currency: null, ...row };
  return {
    conflict,
    row,
    name: recordName(conflict.entity, row ?? (conflict.patch as Partial<Row> | null) ?? undefined),
    theirsBy: await who(conflict.theirs_by),
    author: await otherAuthor(conflict.author_id),
    base: await formatValue(field, conflict.base, currency),
    mine:
      (await formatValue(field, conflict.mine, currency)) + reasonIn(conflict, conflict.mine, conflict.patch),
    theirs: (await formatValue(field, conflict.theirs, currency)) + reasonIn(conflict, conflict.theirs, row),
  };
}

/** A lost deal's reason is decided together with its stage. */
function reasonIn({ entity, field }: Conflict, stage: unknown, fields: object | null | undefined): string {
  const isLost = entity === 'deals' && field === 'stage' && stage === 'closed_lost';
  const reason: unknown = isLost && fields ? Reflect.get(fields, 'lost_reason') : undefined;
  return typeof reason === 'string' && reason ? `: ${reason}` : '';
}
