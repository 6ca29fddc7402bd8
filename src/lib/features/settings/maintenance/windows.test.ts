import { expect, test } from 'vitest';
import type { MaintenanceWindow } from '$lib/entities/maintenance-window';
import { windowState, windowToShow } from './windows';

const now = new Date('2026-03-15T12:00:00Z');
const window = (starts_at: string, ends_at: string, more: Partial<MaintenanceWindow> = {}) =>
  ({
    starts_at,
    ends_at,
    held_by_deploy: false,
    closed_at: null,
    cancelled_at: null,
    ...more,
  }) as MaintenanceWindow;

const open = window('2026-03-15T11:30:00Z', '2026-03-15T12:30:00Z');
const tonight = window('2026-03-15T22:00:00Z', '2026-03-15T23:00:00Z');
const nextWeek = window('2026-03-22T22:00:00Z', '2026-03-22T23:00:00Z');
const past = window('2026-03-14T22:00:00Z', '2026-03-14T23:00:00Z');

test('the open window comes before one that is ahead', () => {
  expect(windowToShow([tonight, open], now)).toBe(open);
});

test('shows a window from a day before, not earlier', () => {
  expect(windowToShow([nextWeek, tonight], now)).toBe(tonight);
  expect(windowToShow([nextWeek, past], now)).toBeUndefined();
});

test('a window that a deploy holds stays open until it is closed', () => {
  const held = { ...past, held_by_deploy: true };
  expect(windowState(held, now)).toBe('open');
  expect(windowState({ ...held, closed_at: now.toISOString() }, now)).toBe('over');
});

test('a canceled window is never shown', () => {
  expect(windowToShow([{ ...open, cancelled_at: now.toISOString() }], now)).toBeUndefined();
});
