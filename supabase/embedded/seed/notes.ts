import { rep } from './accounts.ts';
import type { Calendar } from './calendar.ts';
import type { ContactRow } from './contacts.ts';
import type { DealRow } from './deals.ts';
import { seedId } from './ids.ts';
import type { Random } from './random.ts';

export interface NoteRow {
  id: string;
  kind: Kind;
  body: string;
  occurred_at: string;
  author_id: string;
  contact_id: string;
  company_id: string;
  deal_id: string | null;
  created_at: string;
  updated_at: string;
  created_by: string;
}

type Kind = keyof typeof kindWeights;

const kindWeights = { note: 6, call: 8, email: 6, meeting: 4, sample: 4, demo: 2 };

/** Note texts by kind; `{first}` is the person and `{product}` the product of the deal. */
const bodies: Readonly<Record<Kind, readonly string[]>> = {
  note: [
    '{first} is rewriting the menu for next season. Good moment to bring up {product}.',
    'Deliveries on Tuesday and Friday before eight, back entrance. Ask for {first}.',
    'Two new openings planned for the spring. {first} will share the dates when the leases are signed.',
    'Current supplier has been short twice this month. {first} is open to an alternative for {product}.',
    'Storage is tight: half cases only. Remember for the next offer.',
    'Walk-in was full of a competitor. Their contract ends at the end of the quarter.',
  ],
  call: [
    'Talked to {first} for ten minutes. Wants a price on {product} by the end of the week.',
    'No answer, left a message. {first} usually calls back after three.',
    '{first} liked the last delivery of {product} and asked about volume pricing.',
    'Short call before service. {first} asked to move our visit to next week.',
    '{first} needs allergen sheets for {product} before anything goes on the menu.',
    'Confirmed the standing order with {first}. Two cases more from next month.',
  ],
  email: [
    'Sent {first} the catalog and the price list for {product}.',
    '{first} wrote back: samples of {product} are welcome, mornings are best.',
    'Sent spec sheets and photos of the packaging to {first}.',
    '{first} asked for references. Sent three kitchens that use {product}.',
    'Invoice question from {first} passed on to the office, answered the same day.',
  ],
  meeting: [
    'Sat down with {first} after lunch service. Walked through the menu, five dishes could use {product}.',
    'Quarterly review with {first}: volume is up, one complaint about late deliveries, settled.',
    'Met {first} and the owner. Price is fine, they want a trial month before they sign.',
    'Kitchen tour with {first}. New combi ovens arrive next month, so prep will change.',
  ],
  sample: [
    'Dropped off samples of {product}. {first} will try them on the weekend specials.',
    '{first} tasted {product} next to what they use now and preferred ours. Waiting for the owner.',
    'Samples of {product} came out too salty for {first}. Bring the milder version.',
    'Left two cases of {product} for the tasting panel, back on Thursday for the result.',
  ],
  demo: [
    'Cooked three dishes with {product} for {first} and the line. Good questions about yield and holding time.',
    'Demo with the corporate chef. {first} wants the recipes and a price for forty covers.',
  ],
};

// No note is older than its record.
const SINCE_DAYS = { contact: 120, deal: 19 };

/** `count` notes: four in ten about a deal, the others about a person. */
export function makeNotes(
  random: Random,
  calendar: Calendar,
  contacts: readonly ContactRow[],
  deals: readonly DealRow[],
  count: number,
): NoteRow[] {
  const people = new Map(contacts.map((contact) => [contact.id, contact]));
  const known = contacts.slice(0, count);
  return Array.from({ length: count }, (_, index) => {
    const deal = random.chance(0.4) ? random.pick(deals) : null;
    const contact = people.get(deal?.contact_ids[0] ?? '') ?? random.pick(known);
    return makeNote(random, calendar, index, contact, deal);
  });
}

function makeNote(
  random: Random,
  calendar: Calendar,
  index: number,
  contact: ContactRow,
  deal: DealRow | null,
): NoteRow {
  const kind = random.weighted(kindWeights);
  const at = calendar.time(
    -random.int(1, SINCE_DAYS[deal ? 'deal' : 'contact']),
    random.int(8, 17),
    random.int(0, 59),
  );
  const author_id = contact.owner_id ?? rep.id;
  return {
    id: seedId('note', index + 1),
    kind,
    body: random
      .pick(bodies[kind])
      .replaceAll('{first}', contact.first_name)
      .replaceAll('{product}', deal ? productOf(deal) : 'the seasonal products'),
    occurred_at: at,
    author_id,
    contact_id: contact.id,
    company_id: contact.company_id,
    deal_id: deal?.id ?? null,
    created_at: at,
    updated_at: at,
    created_by: author_id,
  };
}

/** "Rye flour for Harbor Inn" is about rye flour; place names keep their capital letter. */
export function productOf({ name }: DealRow): string {
  const product = name.slice(0, name.indexOf(' for '));
  return /^(Dungeness)\b/.test(product) ? product : product.charAt(0).toLowerCase() + product.slice(1);
}
