import { expect, test } from 'vitest';
import { everything, passes, recordedLater } from './entry';

const entry = { user_id: 'u1', action: 'view', entity_type: 'contacts' };

test('a filter that names nothing lets everything pass', () => {
  expect(passes(entry, everything)).toBe(true);
});

test('every part of a filter must hold', () => {
  expect(passes(entry, { ...everything, action: 'view', user_id: 'u1' })).toBe(true);
  expect(passes(entry, { ...everything, action: 'view', user_id: 'u2' })).toBe(false);
});

test('an entry is late when more than two minutes lie between the act and its record', () => {
  const timestamp = '2026-03-15T12:00:00.000Z';
  expect(recordedLater({ timestamp, occurred_at: '2026-03-15T11:57:59.000Z' })).toBe(true);
  expect(recordedLater({ timestamp, occurred_at: '2026-03-15T11:58:30.000+00:00' })).toBe(false);
});
