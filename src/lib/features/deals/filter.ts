import { isOpen, stageLabels, stages, type Deal, type Stage } from '$lib/entities/deal';
import { haystack, matcher, type Haystack } from '$lib/shared/lists/filter';
import { presetTest } from './presets';
import type { DealItem } from './queries';

export interface DealFilter {
  text: string;
  /** Only the deals this member owns. */
  owner?: string | undefined;
  /** Only the deals of this principal. */
  principal?: string | undefined;
  stage?: Stage | undefined;
  archived?: boolean | undefined;
  /** One of `dealPresets`, and the time from which it counts. */
  preset?: string | undefined;
  now?: Date;
}

const haystacks = new WeakMap<DealItem, Haystack>();

function haystackOf(item: DealItem): Haystack {
  let found = haystacks.get(item);
  if (!found) {
    const { deal, companyName, principalName } = item;
    const texts = [deal.name, companyName, principalName, deal.next_action, deal.source, ...deal.tags];
    haystacks.set(item, (found = haystack([...texts, stageLabels[deal.stage]])));
  }
  return found;
}

/** The items that match every part of the filter, in their order. */
export function filterDeals(
  items: DealItem[],
  { text, owner, principal, stage, archived, preset, now = new Date() }: DealFilter,
): DealItem[] {
  const matches = text.trim() ? matcher(text) : undefined;
  const test = presetTest(preset);
  return items.filter(
    (item) =>
      (item.deal.archived_at !== null) === Boolean(archived) &&
      (!owner || item.deal.owner_id === owner) &&
      (!principal || item.deal.principal_id === principal) &&
      (!stage || item.deal.stage === stage) &&
      (!test || test(item.deal, now)) &&
      (!matches || matches(haystackOf(item))),
  );
}

/** The items of each stage, in their order. */
export function byStage(items: DealItem[]): Record<Stage, DealItem[]> {
  const columns = Object.fromEntries(stages.map((stage) => [stage, [] as DealItem[]])) as Record<
    Stage,
    DealItem[]
  >;
  for (const item of items) columns[item.deal.stage].push(item);
  return columns;
}

/** The principals among the items, by name. */
export function principalsOf(items: DealItem[]): { id: string; name: string }[] {
  const names = new Map<string, string>();
  for (const { deal, principalName } of items)
    if (deal.principal_id && principalName) names.set(deal.principal_id, principalName);
  return [...names].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name));
}

/** Returns the stage in a URL, or `undefined` if it is not one of ours. */
export const stageOf = (word: string | null): Stage | undefined => stages.find((stage) => stage === word);

/** Whether the next action of an open deal should have happened before `today`, a `YYYY-MM-DD`. */
export const isOverdue = (deal: Pick<Deal, 'next_action_on' | 'stage'>, today: string): boolean =>
  deal.next_action_on !== null && isOpen(deal.stage) && deal.next_action_on < today;
