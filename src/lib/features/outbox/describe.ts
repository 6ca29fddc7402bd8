import { stageLabels, type Stage } from '$lib/entities/deal';
import { entityWord, recordName } from '$lib/shared/records/record-name';
import type { Row } from '$lib/entities/registry';
import type { Mutation } from '$lib/entities/mutation';
import { inSentence } from '$lib/shared/records/who';

/** A sentence about a pending change, in two parts around the record's name. */
export interface Sentence {
  before: string;
  name: string;
  after: string;
}

type Described = Pick<Mutation, 'entity' | 'op' | 'patch'>;

/**
 * Says what an outbox entry does: "Moved *Poke program* to Demo scheduled".
 * @param row the record as this device shows it
 * @param about the entity of `row`; for the resolution of a conflict, the entity that the conflict is about
 */
export function describe(entry: Described, row: Row | undefined, about = entry.entity): Sentence {
  const { op, patch } = entry;
  const word = entityWord[about];
  const name = recordName(about, row ?? (patch as Partial<Row>));
  // Some records have no name of their own: "a maintenance window".
  const named = name !== `this ${word}`;
  const what = named ? name : `a ${word}`;
  const kind = named ? ` the ${word}` : '';
  const say = (before: string, after = ''): Sentence => ({ before, name: what, after });
  if (op === 'insert') return say(entry.entity === 'import_batches' ? 'Imported' : `Added${kind}`);
  if (op === 'delete') return say(`Deleted${kind}`);
  if (op === 'restore') return say(`Restored${kind}`);
  if (op === 'merge') return say(`Merged ${counted((patch.from as string[]).length, word)} into`);
  return say(...updated(entry));
}

/** The words around the name of a record whose fields changed. */
function updated({ entity, patch }: Described): [before: string, after?: string] {
  if (entity === 'deals') {
    if (patch.stage) return ['Moved', `to ${stageLabels[patch.stage as Stage]}`];
    if ('archived_at' in patch) return patch.archived_at ? ['Archived'] : ['Unarchived'];
    if ('position' in patch && Object.keys(patch).length === 1) return ['Moved', 'within its stage'];
  }
  if (entity === 'tasks' && 'done_at' in patch) return [patch.done_at ? 'Completed' : 'Reopened'];
  if (entity === 'members' && 'active' in patch) return [patch.active ? 'Reactivated' : 'Deactivated'];
  if (entity === 'conflicts') return ['Resolved a conflict on'];
  if (entity === 'import_batches' && patch.undone_at) return ['Undid the import'];
  if (entity === 'maintenance_windows' && patch.cancelled_at) return ['Canceled'];
  if (entity === 'maintenance_windows' && patch.closed_at) return ['Ended'];
  const fields = Object.keys(patch).filter((field) => field !== 'position');
  return [`Changed ${listed(fields.map(inSentence))} of`];
}

const plurals: Record<string, string> = { company: 'companies' };
const counted = (count: number, word: string) =>
  count === 1 ? `a ${word}` : `${count} ${plurals[word] ?? `${word}s`}`;

const listed = (words: string[]) =>
  words.length > 3
    ? `${words.slice(0, 3).join(', ')} and ${words.length - 3} more`
    : words.join(', ').replace(/, ([^,]*)$/, ' and $1');
