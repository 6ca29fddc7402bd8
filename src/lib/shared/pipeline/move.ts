import { isOpen, type Deal, type Stage } from '$lib/entities/deal';
import { currentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import { one } from '$lib/store/read';
import { closingOf } from './closing';
import { positionAt } from './position';
import { stageDeals } from './stage-deals';

/** The place of a drop: before `ordered[index]`. `ordered` has the other deals of the stage in order. */
export interface Place {
  ordered: Deal[];
  index: number;
}

/** The changed fields of a deal that is in `stage` or will be. */
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
    // Closing a deal clears its next action.
    ...(isOpen(stage) ? {} : { next_action: null, next_action_on: null }),
  };
}

/**
 * Moves a deal to a place in a stage, or to its top. Entering a closed stage sets the closing date, and leaving it
 * clears the date. A deal that is not lost has no reason, and a closed deal has no next action.
 * @returns the values that undo the move
 * @throws StoreError if nothing was stored
 */
export async function moveDeal(deal: Deal, stage: Stage, place?: Place): Promise<() => Promise<void>> {
  const store = currentStore();
  const ordered = place?.ordered ?? (await stageDeals(stage)).filter((other) => other.id !== deal.id);
  const values = moved(deal, stage, positionAt(ordered, place?.index ?? 0), store.now());
  await mutate(store, [{ op: 'update', entity: 'deals', id: deal.id, values, seen: deal }]);
  return () => putBack(deal);
}

/** The current values of all fields that a move can change. */
export const pipelineFields = ({
  stage,
  position,
  closed_at,
  lost_reason,
  next_action,
  next_action_on,
}: Deal): Partial<Deal> => ({ stage, position, closed_at, lost_reason, next_action, next_action_on });

/** Restores the stage and place that a deal had in `before`. */
async function putBack(before: Deal): Promise<void> {
  const { id } = before;
  const seen = await one('deals', id);
  const values = pipelineFields(before);
  await mutate(currentStore(), [{ op: 'update', entity: 'deals', id, values, seen }]);
}

/** Stores the reason why a deal was lost. */
export async function keepLostReason(id: string, reason: string): Promise<void> {
  const seen = await one('deals', id);
  const values = { lost_reason: reason.trim() || null };
  await mutate(currentStore(), [{ op: 'update', entity: 'deals', id, values, seen }]);
}
