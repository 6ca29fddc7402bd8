import { admin, manager, rep, rep2 } from './accounts.ts';
import type { Calendar } from './calendar.ts';
import type { ContactRow } from './contacts.ts';
import type { DealRow } from './deals.ts';
import { seedId } from './ids.ts';
import { productOf } from './notes.ts';
import type { Random } from './random.ts';

export interface TaskRow {
  id: string;
  title: string;
  description: string | null;
  due_on: string | null;
  priority: string | null;
  done_at: string | null;
  assignee_id: string;
  contact_id: string;
  company_id: string;
  deal_id: string | null;
  created_at: string;
  updated_at: string;
  created_by: string;
}

/** The state of a task in the seed. */
type State = keyof typeof states;
const states = { today: 12, overdue: 14, later: 34, undated: 6, done: 34 };

const titles = [
  'Call {name}',
  'Send {first} the price list',
  'Bring samples to {name}',
  'Follow up with {name} after the tasting',
  'Ask {first} about next month’s volume',
  'Confirm the visit with {name}',
  'Send spec sheets to {name}',
];
const dealTitles = [
  'Call {name} about {product}',
  'Order samples of {product} for {name}',
  'Price {product} for {name}',
  'Ask {name} what the kitchen thought of {product}',
];
const descriptions = [
  'Best before ten or after two.',
  'Half cases only.',
  'Ask for the new delivery days as well.',
  'Bring the catalog.',
];

/** `count` tasks: due today, overdue, later, undated and done; most belong to the first rep. */
export function makeTasks(
  random: Random,
  calendar: Calendar,
  contacts: readonly ContactRow[],
  deals: readonly DealRow[],
  count: number,
): TaskRow[] {
  const people = new Map(contacts.map((contact) => [contact.id, contact]));
  const known = contacts.slice(0, count * 3);
  return Array.from({ length: count }, (_, index) => {
    const deal = random.chance(0.5) ? random.pick(deals) : null;
    const contact = people.get(deal?.contact_ids[0] ?? '') ?? random.pick(known);
    const assignee_id = random.weighted({ [rep.id]: 60, [rep2.id]: 25, [manager.id]: 10, [admin.id]: 5 });
    return {
      id: seedId('task', index + 1),
      title: titleOf(random, contact, deal),
      description: random.chance(0.25) ? random.pick(descriptions) : null,
      ...inState(random, calendar, random.weighted(states)),
      priority: random.chance(0.5) ? random.weighted({ A: 2, B: 3, C: 2 }) : null,
      assignee_id,
      contact_id: contact.id,
      company_id: contact.company_id,
      deal_id: deal?.id ?? null,
      created_at: calendar.time(-random.int(31, 60), random.int(8, 17), random.int(0, 59)),
      created_by: assignee_id,
    };
  });
}

function inState(random: Random, calendar: Calendar, state: State) {
  const doneDaysAgo = random.int(1, 30);
  const due = {
    today: 0,
    overdue: -random.int(1, 9),
    later: random.int(1, 25),
    undated: null,
    done: -doneDaysAgo + random.int(-2, 2),
  }[state];
  const done_at = state === 'done' ? calendar.time(-doneDaysAgo, random.int(9, 17), random.int(0, 59)) : null;
  return {
    due_on: due === null ? null : calendar.date(due),
    done_at,
    updated_at: done_at ?? calendar.time(-random.int(1, 30), random.int(8, 17), random.int(0, 59)),
  };
}

function titleOf(random: Random, contact: ContactRow, deal: DealRow | null): string {
  return random
    .pick(deal ? dealTitles : titles)
    .replaceAll('{name}', `${contact.first_name} ${contact.last_name}`)
    .replaceAll('{first}', contact.first_name)
    .replaceAll('{product}', deal ? productOf(deal) : '');
}
