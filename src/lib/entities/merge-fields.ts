import { earlier, mergeField, type Merged, type MergeRule } from './merge';
import { definition } from './registry';
import { same } from './same';

type Fields = Record<string, unknown>;

/**
 * Merges a change into a record, as the server does: each field by its rule, and a deal's stage together with its
 * closing date and the reason it was lost.
 * @param base what the author saw in the fields of `mine`
 * @param mine the fields that the author wrote
 * @param theirs the record as it is now
 * @returns what becomes of each field that the change touches
 */
export function mergeFields(
  entity: string,
  base: Fields,
  mine: Fields,
  theirs: Fields,
): Record<string, Merged> {
  const rules: Record<string, MergeRule> = definition(entity)?.rules ?? {};
  const merged = Object.fromEntries(
    Object.entries(mine).map(([field, value]) => [
      field,
      mergeField(rules[field] ?? 'three_way', base[field], value, theirs[field]),
    ]),
  );
  return entity === 'deals' && 'stage' in mine ? decideStage(base, mine, theirs, merged) : merged;
}

function decideStage(
  base: Fields,
  mine: Fields,
  theirs: Fields,
  merged: Record<string, Merged>,
): Record<string, Merged> {
  if (same(mine.stage, theirs.stage)) {
    const bothClosed = !same(base.stage, theirs.stage) && mine.closed_at && theirs.closed_at;
    return bothClosed ? { ...merged, closed_at: taken(earlier(mine.closed_at, theirs.closed_at)) } : merged;
  }
  const clearsReason = mine.stage !== 'closed_lost' && Boolean(theirs.lost_reason);
  const unseen = clearsReason && !('lost_reason' in mine) && !same(base.lost_reason, theirs.lost_reason);
  if (merged.stage?.conflict || merged.lost_reason?.conflict || unseen) {
    const apart = together.filter((field) => field in mine).map((field) => [field, left(theirs[field])]);
    return { ...merged, ...Object.fromEntries(apart) };
  }
  return {
    ...merged,
    ...('closed_at' in mine && { closed_at: taken(mine.closed_at) }),
    ...(clearsReason && { lost_reason: taken(null) }),
  };
}

/** The fields that a move of a deal changes together. */
const together = ['stage', 'closed_at', 'lost_reason', 'position'];

const taken = (value: unknown): Merged => ({ value, conflict: false });
const left = (value: unknown): Merged => ({ value, conflict: true });
