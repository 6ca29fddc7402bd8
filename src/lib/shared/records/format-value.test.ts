import { afterEach, expect, test, vi } from 'vitest';
import { formatValue } from './format-value';

afterEach(() => vi.unstubAllEnvs());

test.each([
  ['closed_at', '2026-12-01T02:30:00Z', 'Monday, November 30, 2026 at 21:30'],
  ['expected_close_on', '2026-12-01', 'Tuesday, December 1, 2026'],
  ['due_on', null, 'empty'],
  ['name', '2026-12-01', '2026-12-01'],
  ['kind', 'call', 'Call'],
  ['role', 'read_only', 'Read only'],
  ['stage', 'closed_won', 'Closed won'],
  ['active', false, 'no'],
])('%s %s reads: %s', async (field, value, words) => {
  vi.stubEnv('TZ', 'America/New_York');
  expect(await formatValue(field, value)).toBe(words);
});

test('shows an amount with its currency', async () => {
  expect(await formatValue('amount', 1200.5, 'EUR')).toBe('€1,200.50');
  expect(await formatValue('amount', 1200.5)).toBe('1,200.5');
});
