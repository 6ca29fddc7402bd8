import { isOpen, type Deal, type Stage } from '$lib/entities/deal';
import { currentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { one } from '$lib/store/read';
import { closingOf } from './closing';
import { positionAt } from './position';
import { stageDeals } from './stage-deals';

/** Where a deal was dropped: before `ordered[index]`, `ordered` being the stage's other deals in order. */
export interface Place {
  ordered: Deal[];
  index: number;
}

/** The fields of a move, for a deal that is or will be in `stage`. */
export function moved(
  deal: Pick<Deal, 'stage' | 'closed_at'>,
  stage: Stage,
  position: string,
  now: Date,
): Partial<Deal> {
  if (deal.stage === stage) return { stage, position };
  return {
    stage,
    position,
    ...closingOf(stage, now.toISOString()),
    // What was still to be done is settled with the deal.
    ...(isOpen(stage) ? {} : { next_action: null, next_action_on: null }),
  };
}

/**
 * Puts a deal into a stage: at a place, or first. Entering a closed stage dates the deal's close,
 * leaving one clears it, and the reason of a lost deal goes when it is lost no more. A closed deal has no next action.
 * @returns what takes the move back, with all it cleared
 * @throws StoreError where nothing was stored
 */
export async function moveDeal(deal: Deal, stage: Stage, place?: Place): Promise<() => Promise<void>> {
  const store = currentStore();
  const ordered = place?.ordered ?? (await stageDeals(stage)).filter((other) => other.id !== deal.id);
  const values = moved(deal, stage, positionAt(ordered, place?.index ?? 0), store.now());
  await mutate(store, [{ op: 'update', entity: 'deals', id: deal.id, values, seen: deal }]);
  return () => putBack(deal);
}

/** All that a move may change, as it is now. */
export const pipelineFields = ({
  stage,
  position,
  closed_at,
  lost_reason,
  next_action,
  next_action_on,
}: Deal): Partial<Deal> => ({ stage, position, closed_at, lost_reason, next_action, next_action_on });

/** Gives a deal the stage and place it had in `before`. */
async function putBack(before: Deal): Promise<void> {
  const { id } = before;
  const seen = await one('deals', id);
  const values = pipelineFields(before);
  await mutate(currentStore(), [{ op: 'update', entity: 'deals', id, values, seen }]);
}

/** Keeps why a deal was lost. */
export async function keepLostReason(id: string, reason: string): Promise<void> {
  const seen = await one('deals', id);
  const values = { lost_reason: reason.trim() || null };
  await mutate(currentStore(), [{ op: 'update', entity: 'deals', id, values, seen }]);
}
