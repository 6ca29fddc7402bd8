import { expect, test } from 'vitest';
import { asRequest, everything, passes, recordedLater } from './entry';

const entry = {
  user_id: 'u1',
  action: 'view',
  entity_type: 'contacts',
  entity_id: null,
  occurred_at: new Date(2026, 2, 15, 23, 59).toISOString(),
  ip_address: '192.0.2.1',
};

test('an empty filter matches everything', () => {
  expect(passes(entry, everything)).toBe(true);
});

test('every part of a filter must hold', () => {
  expect(passes(entry, { ...everything, action: 'view', user_id: 'u1' })).toBe(true);
  expect(passes(entry, { ...everything, action: 'view', user_id: 'u2' })).toBe(false);
});

test('days are those of this device, both included', () => {
  const on = (from: string, to: string) => passes(entry, { ...everything, from, to });
  expect([on('2026-03-15', '2026-03-15'), on('2026-03-16', ''), on('', '2026-03-14')]).toEqual([
    true,
    false,
    false,
  ]);
  expect(asRequest({ ...everything, from: '2026-03-15', to: '2026-03-15', ip: ' 192.0.2.1 ' })).toEqual({
    since: new Date(2026, 2, 15).toISOString(),
    until: new Date(2026, 2, 16).toISOString(),
    ip: '192.0.2.1',
  });
});

test('an entry without an address matches no address filter', () => {
  expect(passes({ ...entry, ip_address: null }, { ...everything, ip: '192.0.2.1' })).toBe(false);
  expect(passes(entry, { ...everything, ip: '192.0.2.1' })).toBe(true);
});

test('an entry is late if it was recorded over two minutes after the act', () => {
  const timestamp = '2026-03-15T12:00:00.000Z';
  expect(recordedLater({ timestamp, occurred_at: '2026-03-15T11:57:59.000Z' })).toBe(true);
  expect(recordedLater({ timestamp, occurred_at: '2026-03-15T11:58:30.000+00:00' })).toBe(false);
});
