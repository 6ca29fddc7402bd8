import { generateNKeysBetween } from 'fractional-indexing';
import { rep } from './accounts.ts';
import type { Calendar } from './calendar.ts';
import type { CompanyRow } from './companies.ts';
import { staffByCompany, type ContactRow } from './contacts.ts';
import { seedId } from './ids.ts';
import { principals } from './principals.ts';
import type { Random } from './random.ts';

export interface DealRow {
  id: string;
  name: string;
  company_id: string;
  principal_id: string;
  contact_ids: string[];
  stage: Stage;
  amount: number;
  currency: string;
  expected_close_on: string | null;
  priority: string | null;
  next_action: string | null;
  next_action_on: string | null;
  source: string;
  description: string | null;
  owner_id: string;
  tags: string[];
  position: string;
  closed_at: string | null;
  lost_reason: string | null;
  created_at: string;
  updated_at: string;
  created_by: string;
  stage_changes: { at: string; by: string; from: Stage; to: Stage }[];
}

type Stage = keyof typeof stageWeights;

const stageWeights = {
  new_lead: 20,
  initial_outreach: 18,
  sample_visit_offered: 17,
  awaiting_response: 16,
  feedback_logged: 13,
  demo_scheduled: 12,
  closed_won: 15,
  closed_lost: 9,
};
const stages = Object.keys(stageWeights) as Stage[];

const nextActions: Readonly<Record<Stage, readonly string[]>> = {
  new_lead: ['Find out who decides', 'First call', 'Look at the current menu'],
  initial_outreach: ['Send the catalog', 'Follow up by phone', 'Ask for a tasting date'],
  sample_visit_offered: ['Confirm the visit', 'Order samples', 'Pack the sample box'],
  awaiting_response: ['Call back', 'Ask what they thought', 'Send the spec sheets again'],
  feedback_logged: ['Send a price for the case size', 'Rework the offer', 'Bring the second sample'],
  demo_scheduled: ['Prepare the kitchen demo', 'Confirm headcount', 'Book the corporate chef'],
  closed_won: [],
  closed_lost: [],
};

const lostReasons = [
  'Stayed with the current supplier',
  'Price per case too high',
  'Menu change put off to next year',
  'Delivery days did not fit',
];
const sources = ['Cold call', 'Referral', 'Trade show', 'Tasting event', 'Existing customer', 'Website'];
const occasions = [
  'Fall menu',
  'House program',
  'Trial order',
  'Banquet season',
  'Second location',
  'Annual contract',
];

/** `count` deals over all stages, each for a customer, a principal and people who work for the customer. */
export function makeDeals(
  random: Random,
  calendar: Calendar,
  companies: readonly CompanyRow[],
  contacts: readonly ContactRow[],
  count: number,
): DealRow[] {
  const customers = companies.filter(({ segment }) => segment !== 'Principal');
  const staff = staffByCompany(contacts);
  const names = new Set<string>();
  const rows: DealRow[] = [];
  while (rows.length < count) {
    const company = random.pick(customers);
    const principal = random.int(0, principals.length - 1);
    const product = random.pick(principals[principal]?.products ?? []);
    const name = `${capitalized(product)} for ${company.name}`;
    if (names.has(name)) continue;
    names.add(name);
    const stage = stages[rows.length] ?? random.weighted(stageWeights);
    rows.push({
      id: seedId('deal', rows.length + 1),
      name,
      company_id: company.id,
      principal_id: seedId('company', principal + 1),
      contact_ids: random.sample(staff.get(company.id) ?? [], random.int(1, 2)).map(({ id }) => id),
      ...inStage(random, calendar, stage),
      amount: random.int(12, 640) * 50,
      currency: 'USD',
      priority: random.chance(0.7) ? random.weighted({ A: 2, B: 3, C: 2 }) : null,
      source: random.pick(sources),
      description: random.chance(0.4)
        ? `${random.pick(occasions)}, about ${random.int(2, 30)} cases a month.`
        : null,
      owner_id: company.owner_id ?? rep.id,
      tags: [],
      position: '',
      updated_at: calendar.time(-random.int(1, 19), random.int(8, 17), random.int(0, 59)),
      created_by: company.owner_id ?? rep.id,
      stage_changes: [],
    });
  }
  return stages.flatMap((stage) => positioned(rows.filter((row) => row.stage === stage)));
}

/** The fields that depend on the stage of a deal. */
function inStage(random: Random, calendar: Calendar, stage: Stage) {
  const isClosed = stage === 'closed_won' || stage === 'closed_lost';
  const closedDaysAgo = random.int(2, 80);
  const age = isClosed ? closedDaysAgo + random.int(20, 70) : random.int(20, 150);
  const hasNext = !isClosed && random.chance(0.85);
  return {
    stage,
    expected_close_on: calendar.date(isClosed ? -closedDaysAgo : random.int(-4, 75)),
    next_action: hasNext ? random.pick(nextActions[stage]) : null,
    next_action_on: hasNext ? calendar.date(random.int(-5, 14)) : null,
    closed_at: isClosed ? calendar.time(-closedDaysAgo, random.int(9, 17)) : null,
    lost_reason: stage === 'closed_lost' ? random.pick(lostReasons) : null,
    created_at: calendar.time(-age, random.int(8, 17), random.int(0, 59)),
  };
}

/** The deals of one stage, in the order of the board. */
function positioned(rows: readonly DealRow[]): DealRow[] {
  const keys = generateNKeysBetween(null, null, rows.length);
  return rows.map((row, index) => ({
    ...row,
    position: keys[index] ?? '',
    stage_changes: index < told ? way(row) : [],
  }));
}

/** The number of deals in each stage that get a history of stage changes: enough to look at. */
const told = 40;

/** The stage changes that an owner made, spread evenly from when the deal was added to its last change. */
function way({ stage, created_at, updated_at, closed_at, created_by }: DealRow) {
  const open = stages.slice(0, stages.indexOf('closed_won'));
  const reached = closed_at ? [...open.slice(0, 4), stage] : open.slice(0, open.indexOf(stage) + 1);
  const [from, until] = [Date.parse(created_at), Date.parse(closed_at ?? updated_at)];
  return reached.slice(1).map((to, index) => ({
    at: new Date(from + ((until - from) * (index + 1)) / (reached.length - 1)).toISOString(),
    by: created_by,
    from: reached[index] ?? 'new_lead',
    to,
  }));
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
