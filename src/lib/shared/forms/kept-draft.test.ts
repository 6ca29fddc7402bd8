// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { forgetDraftsOf, keepDraft, keptDraft } from './kept-draft';

const day = 24 * 3_600_000;

beforeEach(() => localStorage.clear());

/** Reads a draft once a day, like a person who uses the app. @returns the draft on the last day */
function dayByDay(key: string, from: number, to: number): unknown {
  let kept: unknown;
  for (let today = from; today <= to; today += 1) kept = keptDraft(key, today * day);
  return kept;
}

test('keeps a draft on the device for two weeks', () => {
  keepDraft('ana:contact:new', { name: 'Half written' }, 0);
  expect(sessionStorage).toHaveLength(0);
  expect(dayByDay('ana:contact:new', 1, 13)).toEqual({ name: 'Half written' });
  expect(keptDraft('ana:contact:new', 14 * day)).toBeUndefined();
});

test('deletes an old draft even if nobody opens its form', () => {
  keepDraft('ana:contact:1', 'old', 0);
  dayByDay('ana:contact:3', 1, 10);
  keepDraft('ana:contact:2', 'new', 10 * day);
  expect(dayByDay('ana:contact:2', 11, 15)).toBe('new');
  expect(localStorage).toHaveLength(1);
});

test.each([
  ['two weeks ahead and back', [15, 0.1]],
  ['three years ahead and back', [3 * 365, 0.1]],
  ['weeks behind and back', [-40, 0.1]],
  ['to and fro', [15, 0, 15, 0, 15]],
])('a clock that jumps %s deletes no draft', (_, days) => {
  keepDraft('ana:contact:new', 'typed', 0);
  for (const at of days) expect(keptDraft('ana:contact:new', at * day)).toBe('typed');
});

test("signing out deletes only one's own drafts", () => {
  keepDraft('ana:contact:new', 1);
  keepDraft('anabel:contact:new', 2);
  localStorage.setItem('atomic-crm:user', 'kept');
  forgetDraftsOf('ana');
  expect(keptDraft('ana:contact:new')).toBeUndefined();
  expect(keptDraft('anabel:contact:new')).toBe(2);
  expect(localStorage.getItem('atomic-crm:user')).toBe('kept');
});

test('deletes an unreadable draft', () => {
  localStorage.setItem('atomic-crm:draft:ana:contact:new', '{half');
  expect(keptDraft('ana:contact:new')).toBeUndefined();
  expect(localStorage).toHaveLength(0);
});
