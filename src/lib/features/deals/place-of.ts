import type { Deal, Stage } from '$lib/entities/deal';
import type { Place } from '$lib/shared/pipeline/move';
import type { DealItem } from './queries';

/**
 * The place between two drawn cards, among all deals of the stage, including deals that a filter hides or that are not
 * drawn yet.
 * @param all all deals that are not deleted, in their order
 * @returns undefined if the deal is already there
 */
export function placeOf(
  all: DealItem[],
  deal: Deal,
  stage: Stage,
  above: string | undefined,
  below: string | undefined,
): Place | undefined {
  const column = all.map((item) => item.deal).filter((other) => other.stage === stage);
  const ordered = column.filter((other) => other.id !== deal.id);
  const indexOf = (id: string) => ordered.findIndex((other) => other.id === id);
  const index = below !== undefined ? indexOf(below) : above !== undefined ? indexOf(above) + 1 : 0;
  if (deal.stage === stage && column.indexOf(deal) === index) return undefined;
  return { ordered, index: Math.max(0, index) };
}
