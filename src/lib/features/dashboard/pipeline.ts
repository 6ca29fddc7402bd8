import { isOpen, stages, type Deal, type Stage } from '$lib/entities/deal';
import { all } from '$lib/store/read';
import { currencies } from '$lib/ui/currencies.svelte';
import { formatTotal } from '$lib/ui/format-money';

/** One bar of the pipeline. */
export interface StageBar {
  stage: Stage;
  count: number;
  /** The total in words, by currency; empty if no deal has an amount. */
  total: string;
  /** The length of the bar relative to the longest, 0 to 1. */
  share: number;
}

/** The open, unarchived deals of an owner by stage, including stages without deals. */
export function pipelineBars(deals: Deal[], owner: string): StageBar[] {
  const mine = deals.filter((deal) => deal.owner_id === owner && !deal.archived_at);
  const bars = stages.filter(isOpen).map((stage) => {
    const ofStage = mine.filter((deal) => deal.stage === stage);
    return { stage, count: ofStage.length, total: formatTotal(ofStage) };
  });
  const longest = Math.max(1, ...bars.map(({ count }) => count));
  return bars.map((bar) => ({ ...bar, share: bar.count / longest }));
}

export async function myPipeline(owner: string): Promise<StageBar[]> {
  const deals = await all('deals');
  currencies.note(deals);
  return pipelineBars(deals, owner);
}
