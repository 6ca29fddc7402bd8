import { expect, test } from 'vitest';
import { checkValues } from './check-values';

test.each([
  ['1900-01-01', true],
  ['2199-12-31', true],
  ['2028-02-29', true],
  ['1899-12-31', false],
  ['2200-01-01', false],
  ['0026-03-12', false],
  ['0206-03-12', false],
  ['9999-12-31', false],
  ['20261-03-12', false],
  ['2026-02-29', false],
  ['', false],
])('the day %j in a date field can be saved: %s', (day, isFine) => {
  for (const field of ['expected_close_on', 'next_action_on'])
    expect(checkValues('deals', { [field]: day }) === undefined).toBe(isFine);
  expect(checkValues('tasks', { due_on: day }) === undefined).toBe(isFine);
});

test.each([
  ['1900-01-01T00:00:00Z', true],
  ['2199-12-31T23:59:59.999Z', true],
  ['2200-01-01T10:00:00+14:00', true],
  ['1899-12-31T23:59:59Z', false],
  ['2200-01-01T00:00:01Z', false],
  ['0206-01-01T10:00:00Z', false],
])('the time %j can be saved: %s', (time, isFine) => {
  expect(checkValues('deals', { closed_at: time }) === undefined).toBe(isFine);
  expect(checkValues('notes', { occurred_at: time }) === undefined).toBe(isFine);
  expect(checkValues('maintenance_windows', { starts_at: time }) === undefined).toBe(isFine);
});

test.each([
  ['USD', true],
  ['MXN', true],
  ['HRK', true],
  [null, true],
  ['ZZZ', false],
  ['XXX', false],
  ['XTS', false],
  ['usd', false],
  ['US', false],
])('the currency %j can be saved: %s', (currency, isFine) => {
  expect(checkValues('deals', { currency }) === undefined).toBe(isFine);
});

test('checks only dates and currencies', () => {
  expect(checkValues('deals', { name: '0206-01-01', unknown_on: 'x' })).toBeUndefined();
});
