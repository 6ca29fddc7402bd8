import type { Deal, Stage } from '$lib/entities/deal';
import { all } from '$lib/store/read';
import { byPosition } from './position';

/** The living deals of a stage in their order, including archived ones. */
export async function stageDeals(stage: Stage): Promise<Deal[]> {
  const deals = await all('deals');
  return deals.filter((deal) => deal.stage === stage).sort(byPosition);
}
