import { randomUUID } from 'node:crypto';

const headers = { apikey: 'sb_publishable_embedded', 'content-type': 'application/json' };

export const long = { contact: randomUUID(), company: randomUUID(), deal: randomUUID() };
const company =
  'Gesellschaft zur Förderung nachhaltiger Küstenfischerei und regionaler Gastronomie der Nordfriesischen Inseln mbH';

/** Saves rows through the API, without the app, as a demo account. */
export async function save(url: string, email: string, rows: [string, string, object][]): Promise<void> {
  const session = await fetch(`${url}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password: 'atomic-demo' }),
  });
  const { access_token } = (await session.json()) as { access_token: string };
  const now = new Date().toISOString();
  const mutations = rows.map(([entity, id, patch], index) => ({
    mutation_id: randomUUID(),
    seq: index + 1,
    entity,
    id,
    op: 'insert',
    base_version: null,
    base: {},
    patch,
    occurred_at: now,
  }));
  const reply = await fetch(`${url}/rest/v1/rpc/sync_push`, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${access_token}` },
    body: JSON.stringify({
      request: { protocol: 1, client_id: randomUUID(), sent_at: now, mutations, events: [] },
    }),
  });
  const { results } = (await reply.json()) as { results?: { status: string }[] };
  if (!results?.every(({ status }) => status === 'applied'))
    throw new Error(`A row was not saved: ${JSON.stringify(results)}`);
}

/** One record of each kind, with every text as long as real people have it. */
export const longRecords = (): [string, string, object][] => [
  [
    'companies',
    long.company,
    {
      name: company,
      segment: 'Seafood wholesale and regional gastronomy',
      priority: 'A',
      website: 'https://example.com/a/very/long/path/that/nobody/would/ever/type/by/hand',
      street: 'Haus Nordsee, Aufgang C\nHinter dem Deich 127\nPostfach 4711',
      city: 'Friedrichstadt an der Treene',
      region: 'Schleswig-Holstein',
      postal_code: '25840',
      country: 'Germany',
      tags: ['wholesale', 'seafood-of-the-season', 'decision-before-christmas', 'trade-fair-hamburg'],
    },
  ],
  [
    'contacts',
    long.contact,
    {
      first_name: 'Maximiliane-Alexandrina Konstantinopolitana',
      last_name: 'Wolfeschlegelsteinhausenbergerdorff-Papadimitropoulou',
      title: 'Deputy Director of Procurement for Seafood, Poultry and Seasonal Specialities',
      company_id: long.company,
      emails: [
        { value: 'maximiliane.wolfeschlegelsteinhausenbergerdorff@kitchen.example.com', label: 'work' },
      ],
      phones: [{ value: '+4948815551234', label: 'work' }],
      street: 'Haus Nordsee, Aufgang C\nHinter dem Deich 127\nPostfach 4711',
      city: 'Friedrichstadt an der Treene',
      postal_code: '25840',
      country: 'Germany',
      background: 'Met at the fair. '.repeat(40),
      tags: ['wholesale', 'seafood-of-the-season', 'decision-before-christmas'],
    },
  ],
  [
    'deals',
    long.deal,
    {
      name: 'Yearly framework agreement for smoked, pickled and fresh North Sea fish with delivery before six in the morning',
      company_id: long.company,
      contact_ids: [long.contact],
      stage: 'new_lead',
      amount: 1234567890.5,
      currency: 'EUR',
      next_action:
        'Send the revised calculation with the transport surcharge to purchasing and to the kitchen',
      position: 'a0V',
    },
  ],
];

/** A maintenance window that is open now. */
export const openWindow = (): [string, string, object][] => [
  [
    'maintenance_windows',
    randomUUID(),
    {
      starts_at: new Date(Date.now() + 20 * 60_000).toISOString(),
      ends_at: new Date(Date.now() + 80 * 60_000).toISOString(),
      message: 'The database moves to a bigger machine.',
    },
  ],
];
