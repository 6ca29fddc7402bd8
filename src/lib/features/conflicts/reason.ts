import type { Conflict } from '$lib/entities/conflict';
import { refusedOperation } from './decision';
import type { OpenConflict } from './queries';

/** The reason for a conflict that is not about one field. @param word the noun for its record, like "contact" */
export function reasonOf({ conflict, theirsBy }: OpenConflict, word: string): string {
  return {
    field: '',
    deleted: `${theirsBy} ${whatTheyDid(conflict)} this ${word} while it was being ${whatIDid(conflict)}. The change is saved here.`,
    rejected: `The server rejected this change:  ${messageOf(conflict)}.`,
    blocked: 'This change depends on another change that was rejected.',
    stale: "This change is over 90 days old. Apply it only if it's still correct.",
  }[conflict.kind];
}

const whatTheyDid = ({ theirs }: Conflict) =>
  theirs && typeof theirs === 'object' && 'merged_into' in theirs ? 'merged' : 'deleted';

const whatIDid = (conflict: Conflict) => (refusedOperation(conflict) === 'merge' ? 'merged' : 'changed');

/** The reason why the server rejected the last decision; undefined if it did not. */
export function refusalOf(conflict: Conflict): string | undefined {
  const { kind, error } = conflict;
  const original = kind === 'rejected' || [kind, 'group_failed'].includes(String(error?.code));
  return original || !error?.code
    ? undefined
    : `The server rejected the last decision:  ${messageOf(conflict)}.`;
}

const messageOf = ({ error }: Conflict) => String(error?.message ?? 'no reason given').replace(/\.$/, '');

/** The effect of a pending merge, as its card describes it. */
export function mergeWords({ patch, record_id }: Conflict, word: string): string {
  const isSurvivor = patch?.into === undefined || patch.into === record_id;
  return isSurvivor ? `Merge duplicates into this ${word}` : `Merge this ${word} into another one`;
}
