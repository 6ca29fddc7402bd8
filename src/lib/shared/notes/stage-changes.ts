import type { Deal, Stage, StageChange } from '$lib/entities/deal';
import type { OutboxEntry } from '$lib/store/tables';
import type { Store } from '$lib/store/store';

/** Milliseconds during which undoing a move leaves no trace. The server uses the same time. */
const undoable = 5 * 60_000;

/**
 * The moves of one deal, oldest first, without those that the same person soon undid. An undone move is not a step of
 * the pipeline.
 */
export function withoutUndone<Change extends StageChange>(changes: Change[]): Change[] {
  const kept: Change[] = [];
  for (const change of changes) {
    const last = kept.at(-1);
    const isBack = last?.by === change.by && last.from === change.to && last.to === change.from;
    const apart = Math.abs(Date.parse(change.at) - Date.parse(last?.at ?? ''));
    if (isBack && apart <= undoable) kept.pop();
    else kept.push(change);
  }
  return kept;
}

/**
 * The moves of deals, the oldest of each deal first: those that the server has recorded, and this device's own that the
 * rows do not show yet, without undone ones. It reads the outbox once for any number of deals.
 */
export async function stageChanges(
  { db, userId }: Store,
  deals: Deal[],
): Promise<(StageChange & { deal: Deal })[]> {
  const ids = new Set(deals.map(({ id }) => id));
  const unsettled = await db.outbox.where('state').anyOf('pending', 'acknowledged').sortBy('seq');
  const moves = unsettled.filter((entry) => entry.entity === 'deals' && ids.has(entry.id) && isMove(entry));
  const bases = await db.base_rows.bulkGet(moves.map(({ id }) => ['deals', id]));
  const own = moves.filter((entry, index) => isAwaited(entry, bases[index]?.row?.version ?? 0));
  return deals.flatMap((deal) =>
    withoutUndone([
      ...(deal.stage_changes ?? []).map((change) => ({ ...change, deal })),
      ...own
        .filter(({ id }) => id === deal.id)
        .map(({ base, patch, occurred_at }) => ({
          at: occurred_at,
          by: userId,
          from: base.stage as Stage,
          to: patch.stage as Stage,
          deal,
        })),
    ]),
  );
}

const isMove = ({ op, base, patch }: OutboxEntry) =>
  op === 'update' && patch.stage !== undefined && patch.stage !== base.stage;

/** Whether this version of the server's copy lacks a move that may still arrive there. */
function isAwaited({ state, result }: OutboxEntry, version: number): boolean {
  if (state === 'pending') return true;
  const kept = result?.status === 'applied' || result?.status === 'merged';
  return kept && (result.version ?? 0) > version;
}
