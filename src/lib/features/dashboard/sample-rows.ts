import type { Edit } from '$lib/entities/mutation';
import type { Store } from '$lib/store/store';
import { localDate } from '$lib/ui/format-date';
import { positionAt } from '$lib/shared/pipeline/position';

const sampleTag = 'sample';

const day = 86_400_000;

/** A small book of business to try the app with. Every record has the tag `sample`. */
export function sampleRows(store: Store): { edits: Edit[]; ids: { entity: Edit['entity']; id: string }[] } {
  const edits: Edit[] = [];
  const add = <E extends Edit['entity']>(entity: E, values: object): string => {
    const id = store.newId();
    edits.push({ op: 'insert', entity, id, values } as Edit);
    return id;
  };
  const owner_id = store.userId;
  const at = (days: number) => new Date(store.now().getTime() + days * day);
  const tags = [sampleTag];
  const company = (name: string, segment: string, city: string, priority: string | null = null) =>
    add('companies', { name, segment, city, priority, country: 'USA', owner_id, tags });
  const person = (
    first_name: string,
    last_name: string,
    title: string,
    company_id: string,
    host: string,
    end: string,
  ) =>
    add('contacts', {
      ...{ first_name, last_name, title, company_id, owner_id, tags },
      emails: [{ value: `${first_name}.${last_name}@${host}.example.com`.toLowerCase(), label: 'work' }],
      phones: [{ value: `(360) 555-01${end}`, label: 'work' }],
      country: 'USA',
    });
  const deal = (
    name: string,
    stage: string,
    amount: number,
    company_id: string,
    principal_id: string,
    contact: string,
  ) =>
    add('deals', {
      ...{ name, stage, amount, company_id, principal_id, owner_id, tags },
      contact_ids: [contact],
      currency: 'USD',
      position: positionAt([], 0),
      expected_close_on: localDate(at(30)),
    });

  const bakery = company('Cottonwood Bakery', 'Café and bakery', 'Olympia', 'A');
  const hotel = company('Harbor Street Hotel', 'Hotel', 'Tacoma', 'B');
  const bistro = company('Blue Door Bistro', 'Restaurant', 'Portland');
  const brand = company('Evergreen Provisions', 'Distributor', 'Seattle');
  const luis = person('Luis', 'Acosta', 'Head baker', bakery, 'cottonwood-bakery', '74');
  const nora = person('Nora', 'Kaplan', 'Purchasing manager', hotel, 'harbor-street-hotel', '21');
  const theo = person('Theo', 'Marsh', 'Chef and owner', bistro, 'blue-door-bistro', '36');
  const flour = deal('Rye flour for the winter', 'sample_visit_offered', 4200, bakery, brand, luis);
  deal('Breakfast range', 'initial_outreach', 9800, hotel, brand, nora);
  deal('Oils and vinegars', 'demo_scheduled', 2600, bistro, brand, theo);
  const note = (kind: string, body: string, days: number, contact_id: string) =>
    add('notes', { kind, body, occurred_at: at(days).toISOString(), contact_id });
  note('call', 'Wants to taste the dark rye before Christmas. Mornings are best.', -1, luis);
  note('meeting', 'Walked through the breakfast buffet. They change suppliers in spring.', -6, nora);
  note('email', 'Sent the price list for oils.', -3, theo);
  const task = (title: string, days: number, about: object) =>
    add('tasks', { title, due_on: localDate(at(days)), assignee_id: owner_id, ...about });
  task('Bring rye samples', 0, { deal_id: flour });
  task('Send the breakfast offer', 2, { contact_id: nora });
  return { edits, ids: edits.map(({ entity, id }) => ({ entity, id })) };
}
