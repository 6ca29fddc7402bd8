import type { Conflict } from '$lib/entities/conflict';
import { entityWord } from './record-name';
import type { EntityName } from '$lib/entities/registry';
import { referring } from '$lib/store/read';
import { inSentence, otherAuthor, who } from './who';

/** The open question about a record: "Mia Manager changed the phone", when, "Your change is saved too." */
export interface OpenQuestion {
  what: string;
  /** The time of that change, ISO; null if nobody else did anything. */
  at: string | null;
  kept: string;
  /** The number of other open conflicts. */
  more: number;
}

/** The newest open conflict of a record on this device in words, and the number of others; null if there are none. */
export async function openQuestion(recordId: string): Promise<OpenQuestion | null> {
  const conflicts = await referring('conflicts', 'record_id', recordId);
  const open = conflicts
    .filter((conflict) => conflict.resolved_at === null)
    .sort((a, b) => moment(b).localeCompare(moment(a)));
  const [newest] = open;
  return newest ? { ...(await inWords(newest)), more: open.length - 1 } : null;
}

async function inWords(conflict: Conflict): Promise<Omit<OpenQuestion, 'more'>> {
  const { kind, field, entity, theirs_by, author_id } = conflict;
  const author = await otherAuthor(author_id);
  const mine = author ? `The change by ${author}` : 'Your change';
  if (kind !== 'field' && kind !== 'deleted')
    return { what: `${mine} was not applied`, at: null, kept: 'It needs a decision.' };
  const did =
    kind === 'deleted'
      ? `deleted this ${entityWord[entity as EntityName] ?? 'record'}`
      : `changed the ${inSentence(field ?? '')}`;
  return { what: `${await who(theirs_by)} ${did}`, at: moment(conflict), kept: `${mine} is saved too.` };
}

const moment = ({ theirs_at, created_at }: Conflict) => theirs_at ?? created_at;
