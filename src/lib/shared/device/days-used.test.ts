// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { daysUsed } from './days-used';

beforeEach(() => localStorage.clear());

test('a day counts once, however often the app is opened', () => {
  expect(daysUsed('2026-11-23')).toBe(1);
  expect(daysUsed('2026-11-23')).toBe(1);
  expect(daysUsed('2026-11-25')).toBe(2);
});

test('starts counting again if the stored value is not a number', () => {
  localStorage.setItem('atomic-crm:days', '{"days": 3}');
  expect(daysUsed('2026-11-23')).toBe(1);
  expect(daysUsed('2026-11-24')).toBe(2);
});
