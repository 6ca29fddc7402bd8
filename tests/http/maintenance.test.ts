import { randomUUID } from 'node:crypto';
import { expect, inject, test } from 'vitest';
import { PUBLISHABLE_KEY } from '../../supabase/embedded/boot';
import { rpc, tokenOf } from './client';

/** Pushes one mutation of a maintenance window as the admin, whom the server lets in during maintenance too. */
async function changeWindow(id: string, op: string, patch: object, base: object = {}) {
  const now = new Date().toISOString();
  const mutation = { mutation_id: randomUUID(), seq: 1, entity: 'maintenance_windows', id, op, base, patch };
  const { body } = await rpc(
    'sync_push',
    {
      protocol: 1,
      client_id: randomUUID(),
      sent_at: now,
      mutations: [{ ...mutation, occurred_at: now }],
      events: [],
    },
    await tokenOf('admin@example.com'),
  );
  expect(body.results[0].status).not.toBe('rejected');
}

const pull = async () =>
  fetch(`${inject('backend')}/rest/v1/rpc/sync_pull`, {
    method: 'POST',
    headers: {
      apikey: PUBLISHABLE_KEY,
      'content-type': 'application/json',
      'content-profile': 'api',
      authorization: `Bearer ${await tokenOf('rep@example.com')}`,
    },
    body: JSON.stringify({ request: { protocol: 1, client_id: randomUUID(), cursor: null, page: null } }),
  });

test('a maintenance window refuses with 423 and one Retry-After', async () => {
  const id = randomUUID();
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  await changeWindow(id, 'insert', { starts_at: at(-1), ends_at: at(10), message: 'Update' });
  try {
    const refused = await pull();
    expect(refused.status).toBe(423);
    expect(await refused.json()).toMatchObject({ code: 'maintenance', details: '60' });
    // Two headers of one name would arrive as "60, 60".
    expect(refused.headers.get('retry-after')).toBe('60');
  } finally {
    await changeWindow(id, 'update', { closed_at: at(0) }, { closed_at: null });
  }
  expect((await pull()).status).toBe(200);
});
