import { expect, test } from 'vitest';
import { mutation } from '../db/rpc';
import { pull, pushOf, rpc, tokenOf } from './client';

test.each([
  ['invalid text', 'no cursor at all'],
  ['nothing', ''],
  ['half of one', '/'],
  ['a snapshot from the future', (own: string) => own.replace(/\/.*/, '/9000000000:9000000001:')],
  ['a snapshot that ends before it begins', (own: string) => own.replace(/\/.*/, '/50:10:')],
  ['another database', (own: string) => own.replace(/^\d+/, '1')],
  ['SQL', "'; drop table public.contacts; --"],
  ['a megabyte', 'x'.repeat(1_000_000)],
])('sends everything of the caller’s own for a cursor that is %s', async (_, made) => {
  const { body: own } = await pull({ limit: 2000 });
  const cursor = typeof made === 'string' ? made : made(String(own.cursor));
  const { status, body } = await pull({ cursor, limit: 1 });
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body).toMatchObject({ reset: true, done: false });
});

test.each([
  ['a number', { cursor: 1 }],
  ['an object', { cursor: { $gt: '' } }],
  ['a page that is a number', { page: 1 }],
  ['a page that is not JSON', { page: 'next' }],
  ['a page that is text', { page: '"next"' }],
  ['a page that is a list', { page: '[]' }],
  ['a page with an invalid pull_order', { page: '{"snapshot":"1:1:","reset":false,"pull_order":"x"}' }],
  ['a page with a pull_order out of range', { page: '{"snapshot":"1:1:","reset":false,"pull_order":1e30}' }],
  ['a page with an invalid snapshot', { page: '{"snapshot":"?","reset":false,"pull_order":1}' }],
  ['a page with an invalid id', { page: '{"snapshot":"1:1:","reset":false,"pull_order":1,"id":"x"}' }],
  [
    'a page with an invalid transaction',
    { page: '{"snapshot":"1:1:","reset":false,"pull_order":1,"xid":"-x"}' },
  ],
  ['a page that is nested deeply', { page: '['.repeat(100_000) }],
  ['a limit that is text', { limit: '100' }],
])('refuses a pull with %s as malformed', async (_, more) => {
  const { status, body } = await pull(more);
  expect([status, body.code]).toEqual([400, 'invalid_request']);
});

test('shows only what the member may see for a forged page', async () => {
  const made = mutation('saved_views', 'insert', { patch: { entity: 'contacts', name: 'Secret' } });
  await rpc('sync_push', pushOf({ mutations: [made] }), await tokenOf('admin@example.com'));
  const { body: first } = await pull({ limit: 1 });
  const page = JSON.parse(first.page) as Record<string, unknown>;
  for (const changed of [
    { pull_order: 8, id: null },
    { pull_order: 0, base: '1:1:' },
    { pull_order: 0, snapshot: '1:9000000000:', base: null },
    { pull_order: -5, reset: true },
  ]) {
    const { status, body } = await pull({ page: JSON.stringify({ ...page, ...changed }), limit: 2000 });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(JSON.stringify(body)).not.toContain(made.id);
  }
});

test.each([-1, 0, 0.4, 1.5, 1e9, 1e300])(
  'sends one page of at most 2,000 for a limit of %d',
  async (limit) => {
    const { status, body } = await pull({ limit });
    expect(status).toBe(200);
    const count = body.changes.reduce((sum: number, { rows }: { rows: unknown[] }) => sum + rows.length, 0);
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(2000);
  },
);
