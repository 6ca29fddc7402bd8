import * as z from 'zod/mini';
import { isCurrency } from '$lib/entities/currencies';
import { stages, type Deal, type Stage } from '$lib/entities/deal';
import { same } from '$lib/entities/same';
import { dayProblem, storedDay } from '$lib/ui/day';
import { noCompany, type CompanyChoice } from '$lib/shared/pickers/choice';
import { companyChoiceShape } from '$lib/shared/pickers/choice-shape';
import { newPersonShape, personProblem, type NewPerson } from '$lib/shared/pickers/new-person';
import type { Problems } from '$lib/shared/forms/check';
import { textShapes, type DraftShape } from '$lib/shared/forms/kept-form';
import { joinTags, shown, splitTags, stored } from '$lib/shared/forms/text';
import { amountText, parseAmount } from '$lib/shared/pipeline/amount';
import { currencyIn } from '$lib/shared/pipeline/currency-words';

const textFields = [
  'name',
  'expected_close_on',
  'next_action',
  'next_action_on',
  'source',
  'description',
] as const;
type TextField = (typeof textFields)[number];

/** The content of the deal form. Inputs hold no null. */
export interface DealDraft extends Record<TextField, string> {
  company: CompanyChoice;
  principal: CompanyChoice;
  contact_ids: string[];
  /** People who become contacts together with the deal. */
  new_people: NewPerson[];
  stage: Stage;
  amount: string;
  currency: string;
  priority: string;
  owner_id: string;
  tags: string;
}

export const dealDraftShape: DraftShape<DealDraft> = {
  ...textShapes(textFields),
  company: companyChoiceShape,
  principal: companyChoiceShape,
  contact_ids: z.array(z.string()),
  new_people: z.array(newPersonShape),
  stage: z.enum(stages),
  amount: z.string(),
  currency: z.string(),
  priority: z.string(),
  owner_id: z.string(),
  tags: z.string(),
};

/** The form for a deal, or for a new one. */
export function dealDraft(
  deal?: Partial<Deal>,
  company: CompanyChoice = noCompany(),
  principal: CompanyChoice = noCompany(),
): DealDraft {
  return {
    ...(Object.fromEntries(textFields.map((field) => [field, shown(deal?.[field])])) as Record<
      TextField,
      string
    >),
    company,
    principal,
    contact_ids: [...(deal?.contact_ids ?? [])],
    new_people: [],
    stage: deal?.stage ?? 'new_lead',
    amount: amountText(deal?.amount ?? null),
    currency: deal?.currency ?? 'USD',
    priority: shown(deal?.priority),
    owner_id: shown(deal?.owner_id),
    tags: joinTags(deal?.tags ?? []),
  };
}

const days = ['expected_close_on', 'next_action_on'] as const;

/** The problems that prevent saving. A date that the deal already had is not checked. */
export function checkDeal(draft: DealDraft, seen?: Deal): Problems {
  const problems: Problems = {};
  if (!stored(draft.name)) problems.name = 'Enter a name for the deal.';
  const { error } = parseAmount(draft.amount);
  const typed = currencyIn(draft.amount, draft.currency.trim().toUpperCase());
  if (error) problems.amount = error;
  else if (typed)
    problems.amount = `The amount is in ${typed}. Choose ${typed} as the currency, or remove it from the amount.`;
  if (!isCurrency(draft.currency.trim().toUpperCase()))
    problems.currency = 'This is not a currency code. Use three letters, like USD or EUR.';
  for (const field of days) {
    const problem = draft[field] === shown(seen?.[field]) ? undefined : dayProblem(draft[field]);
    if (problem) problems[field] = problem;
  }
  for (const person of draft.new_people) {
    const problem = personProblem(person);
    if (problem) problems[person.id] = problem;
  }
  return problems;
}

/**
 * The deal's fields that differ between the two drafts, in their stored form. Companies and stages are handled
 * separately, since both need more than the value. New people appear by their ids.
 */
export function dealValues(draft: DealDraft, begun: DealDraft): Partial<Deal> {
  const values: Partial<Deal> = {};
  for (const field of textFields)
    if (draft[field] !== begun[field]) {
      if (field === 'name') values.name = draft.name.trim();
      else if (field === 'expected_close_on' || field === 'next_action_on')
        values[field] = storedDay(draft[field]);
      else values[field] = stored(draft[field]);
    }
  if (draft.amount !== begun.amount) values.amount = parseAmount(draft.amount).amount;
  if (draft.currency !== begun.currency) values.currency = draft.currency.trim().toUpperCase();
  if (draft.priority !== begun.priority) values.priority = (draft.priority || null) as Deal['priority'];
  if (draft.owner_id !== begun.owner_id) values.owner_id = draft.owner_id || null;
  if (draft.tags !== begun.tags) values.tags = splitTags(draft.tags);
  const people = [...draft.contact_ids, ...draft.new_people.map(({ id }) => id)];
  if (!same(people, begun.contact_ids)) values.contact_ids = people;
  return values;
}
