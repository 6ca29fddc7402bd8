import { type Deal, isOpen } from '$lib/entities/deal';
import { same } from '$lib/entities/same';
import { currentStore } from '$lib/store/current';
import { mutate } from '$lib/store/write';
import type { Edit } from '$lib/entities/mutation';
import { cutText } from '$lib/ui/cut-text';
import { sameName } from '$lib/ui/identity';
import { chooseCompany } from '$lib/shared/pickers/choose-company';
import { personInsert } from '$lib/shared/pickers/new-person';
import type { Begun } from '$lib/shared/forms/kept-form';
import { dealDraft, dealValues, type DealDraft } from './draft';
import { moved } from '$lib/shared/pipeline/move';
import { positionAt } from '$lib/shared/pipeline/position';
import { stageDeals } from '$lib/shared/pipeline/stage-deals';

/**
 * Saves a deal, and in the same group its new companies and people. New people belong to the deal's company. A new
 * deal, or one whose stage changed, is first in its stage.
 * @returns the deal's id
 * @throws StoreError if nothing was stored
 */
export async function saveDeal(draft: DealDraft, begun?: Begun<DealDraft, Deal>): Promise<string> {
  const store = currentStore();
  const seen = begun?.seen;
  const id = seen?.id ?? store.newId();
  const before = seen && begun ? begun.draft : dealDraft();
  const values = dealValues(draft, before);
  const companies = await chooseCompanies(draft, before, values);
  const people = draft.new_people.map((person) => personInsert(store, person, companies.company_id));
  if (!seen || draft.stage !== before.stage) {
    const position = positionAt(
      (await stageDeals(draft.stage)).filter((deal) => deal.id !== id),
      0,
    );
    Object.assign(
      values,
      moved(seen ?? { stage: 'new_lead', closed_at: null }, draft.stage, position, store.now()),
    );
  }
  if (!seen) values.currency ??= draft.currency;
  const edit: Edit = seen
    ? { op: 'update', entity: 'deals', id, values, seen }
    : { op: 'insert', entity: 'deals', id, values };
  await mutate(store, [...companies.edits, ...people, edit], { group: true });
  return id;
}

/**
 * Sets the chosen companies in `values`.
 * @returns the inserts of new companies, each name once, and the company's id
 */
async function chooseCompanies(
  draft: DealDraft,
  before: DealDraft,
  values: Partial<Deal>,
): Promise<{ edits: Edit[]; company_id: string | null }> {
  const store = currentStore();
  const company = await chooseCompany(store, draft.company);
  const sameNew =
    company.edits.length > 0 && !draft.principal.id && sameName(draft.company.text, draft.principal.text);
  const principal = sameNew ? { id: company.id, edits: [] } : await chooseCompany(store, draft.principal);
  if (!same(draft.company, before.company)) values.company_id = company.id;
  if (!same(draft.principal, before.principal)) values.principal_id = principal.id;
  return { edits: [...company.edits, ...principal.edits], company_id: company.id };
}

/**
 * Makes an open copy of a deal, first in its stage; a closed deal's copy is a new lead.
 * @returns the copy's id
 * @throws StoreError if nothing was stored
 */
export async function cloneDeal(deal: Deal): Promise<string> {
  const store = currentStore();
  const id = store.newId();
  const stage = isOpen(deal.stage) ? deal.stage : 'new_lead';
  const { company_id, principal_id, contact_ids, amount, currency, priority, source, description, tags } =
    deal;
  const values: Partial<Deal> = {
    ...{ company_id, principal_id, contact_ids, amount, currency, priority, source, description, tags },
    name: `${cutText(deal.name, 290)} (copy)`,
    owner_id: store.userId,
    stage,
    position: positionAt(await stageDeals(stage), 0),
  };
  await mutate(store, [{ op: 'insert', entity: 'deals', id, values }]);
  return id;
}

/** Archives or unarchives a deal. Nothing else about it changes. */
export const archiveDeal = (deal: Deal, archived: boolean): Promise<void> =>
  mutate(currentStore(), [
    {
      op: 'update',
      entity: 'deals',
      id: deal.id,
      values: { archived_at: archived ? currentStore().now().toISOString() : null },
      seen: deal,
    },
  ]);
