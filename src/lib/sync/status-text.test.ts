import { expect, test } from 'vitest';
import type { FailureKind } from '$lib/remote/reply';
import { statusWords, type StatusFacts } from './status-text';

const synced: StatusFacts = {
  pending: 0,
  events: 0,
  conflicts: 0,
  running: false,
  failed: null,
  pulled: true,
};

test.each<[string, Partial<StatusFacts>]>([
  ['Synced', {}],
  ['Synced', { running: true }],
  ['Syncing', { pulled: false }],
  ['Syncing', { running: true, pending: 2 }],
  ['Syncing', { events: 1 }],
  ['3 pending', { pending: 3 }],
  ['1 conflict', { conflicts: 1 }],
  ['2 conflicts', { conflicts: 2 }],
  ['3 pending', { pending: 3, conflicts: 1 }],
  ['Offline', { failed: 'unreachable' }],
  ['Offline', { failed: 'unreachable', events: 4 }],
  ['Offline, 3 pending', { failed: 'unreachable', pending: 3, running: true, conflicts: 2 }],
  ['Sign in to sync, 1 pending', { failed: 'unauthenticated', pending: 1 }],
  ['Maintenance', { failed: 'maintenance' }],
  ['Maintenance, 5 pending', { failed: 'maintenance', pending: 5 }],
  ['Syncing: server busy', { failed: 'rate_limited' }],
  ['Syncing: server problem', { failed: 'server_error', events: 1 }],
  ['Sign in to sync', { failed: 'unauthenticated' }],
  ['Update required', { failed: 'client_outdated', pending: 5, conflicts: 1 }],
])('%s for %o', (text, facts) => {
  expect(statusWords({ ...synced, ...facts }).text).toBe(text);
});

/** The status after each kind of failure, with two changes pending. A new kind must be added here. */
const told: Record<FailureKind, string> = {
  unreachable: 'Offline, 2 pending',
  server_error: '2 pending: server problem',
  invalid_request: '2 pending: server problem',
  too_large: '2 pending: server problem',
  forbidden: '2 pending: server problem',
  rate_limited: '2 pending: server busy',
  maintenance: 'Maintenance, 2 pending',
  unauthenticated: 'Sign in to sync, 2 pending',
  not_a_member: 'Sign in to sync, 2 pending',
  deactivated: 'Sign in to sync, 2 pending',
  client_outdated: 'Update required',
};
const kinds = Object.entries(told) as [FailureKind, string][];

test.each(kinds)('after %s it says: %s, and never that all is sent', (failed, text) => {
  expect(statusWords({ ...synced, failed, pending: 2 }).text).toBe(text);
  for (const facts of [{}, { running: true }, { pulled: false }, { conflicts: 1 }])
    expect(statusWords({ ...synced, ...facts, failed }).text).not.toMatch(/^Synced|conflict/);
});

test('it says Synced in no state but the one where nothing waits and the pull succeeded', () => {
  const values: { [K in keyof StatusFacts]: StatusFacts[K][] } = {
    pending: [0, 1],
    events: [0, 1],
    conflicts: [0, 1],
    running: [false, true],
    failed: [null, ...kinds.map(([kind]) => kind)],
    pulled: [false, true],
  };
  const all = Object.entries(values).reduce<StatusFacts[]>(
    (facts, [key, options]) => facts.flatMap((fact) => options.map((value) => ({ ...fact, [key]: value }))),
    [synced],
  );
  for (const facts of all) {
    const { pending, events, conflicts, failed, pulled } = facts;
    if (statusWords(facts).text !== 'Synced') continue;
    expect({ pending, events, conflicts, pulled }).toEqual({
      pending: 0,
      events: 0,
      conflicts: 0,
      pulled: true,
    });
    expect(failed).toBeNull();
  }
});
