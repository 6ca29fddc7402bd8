import { stageLabels, type Stage } from '$lib/entities/deal';
import { fieldLabel } from '$lib/entities/field-label';
import { entityWord, recordName } from '$lib/entities/record-name';
import type { Row } from '$lib/entities/registry';
import type { OutboxEntry } from '$lib/store/records';

/** A pending change in words, in two parts around the record's name. */
export interface Sentence {
  before: string;
  name: string;
  after: string;
}

/** Says what an outbox entry does: "Moved *Poke program* to Demo scheduled". */
export function describe(entry: OutboxEntry, row: Row | undefined): Sentence {
  const { entity, op, patch } = entry;
  const name = recordName(entity, row ?? (patch as Partial<Row>));
  const say = (before: string, after = ''): Sentence => ({ before, name, after });
  const word = entityWord[entity];
  if (op === 'insert') return say(`Added the ${word}`);
  if (op === 'delete') return say(`Deleted the ${word}`);
  if (op === 'restore') return say(`Restored the ${word}`);
  if (op === 'merge') return say('Merged records into');
  if (entity === 'deals' && patch.stage) return say('Moved', `to ${stageLabels[patch.stage as Stage]}`);
  if (entity === 'tasks' && 'done_at' in patch) return say(patch.done_at ? 'Completed' : 'Reopened');
  if (entity === 'conflicts') return say('Resolved a conflict:');
  const fields = Object.keys(patch).map((field) => fieldLabel(field).toLowerCase());
  return say(`Changed ${listed(fields)} of`);
}

const listed = (words: string[]) =>
  words.length > 3
    ? `${words.slice(0, 3).join(', ')} and ${words.length - 3} more`
    : words.join(', ').replace(/, ([^,]*)$/, ' and $1');
