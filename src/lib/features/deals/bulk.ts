import type { Deal, Stage } from '$lib/entities/deal';
import { currentStore } from '$lib/store/current';
import type { Edit } from '$lib/entities/mutation';
import { change, type Done } from '$lib/shared/bulk/mutations';
import { moved, pipelineFields } from '$lib/shared/pipeline/move';
import { positionAt } from '$lib/shared/pipeline/position';
import { stageDeals } from '$lib/shared/pipeline/stage-deals';

/** Moves deals to the top of a stage, in their order. Deals that are already there stay. @throws StoreError */
export async function moveDeals(rows: Deal[], stage: Stage): Promise<Done> {
  const now = currentStore().now();
  const ordered: { id: string; position: string | null }[] = await stageDeals(stage);
  const moving = rows.filter((deal) => deal.stage !== stage);
  const edits = moving.toReversed().map((deal) => {
    const values = moved(deal, stage, positionAt(ordered, 0), now);
    ordered.unshift({ id: deal.id, position: values.position ?? null });
    return update(deal.id, values);
  });
  return change(edits, async () => moving.map((deal) => update(deal.id, pipelineFields(deal))));
}

/** Archives or unarchives deals. @throws StoreError */
export function archiveDeals(rows: Deal[], archived: boolean): Promise<Done> {
  const archived_at = archived ? currentStore().now().toISOString() : null;
  const changing = rows.filter((deal) => (deal.archived_at !== null) !== archived);
  return change(
    changing.map(({ id }) => update(id, { archived_at })),
    async () => changing.map((deal) => update(deal.id, { archived_at: deal.archived_at })),
  );
}

const update = (id: string, values: Partial<Deal>): Edit => ({ op: 'update', entity: 'deals', id, values });
