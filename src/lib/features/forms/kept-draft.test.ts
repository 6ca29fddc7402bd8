// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { forgetDraftsOf, keepDraft, keptDraft } from './kept-draft';

const day = 24 * 3_600_000;

beforeEach(() => localStorage.clear());

test('a draft is kept on the device, not in the tab, and for two weeks only', () => {
  keepDraft('ana:contact:new', { name: 'Half written' }, 0);
  expect(sessionStorage).toHaveLength(0);
  expect(keptDraft('ana:contact:new', 13 * day)).toEqual({ name: 'Half written' });
  expect(keptDraft('ana:contact:new', 14 * day)).toBeUndefined();
});

test('an old draft leaves the device even where nobody opens its form again', () => {
  keepDraft('ana:contact:1', 'old', 0);
  keepDraft('ana:contact:2', 'new', 10 * day);
  expect(keptDraft('ana:contact:2', 15 * day)).toBe('new');
  expect(localStorage).toHaveLength(1);
});

test('whoever signs out takes their drafts along, and nobody else’s', () => {
  keepDraft('ana:contact:new', 1);
  keepDraft('anabel:contact:new', 2);
  localStorage.setItem('atomic-crm:user', 'kept');
  forgetDraftsOf('ana');
  expect(keptDraft('ana:contact:new')).toBeUndefined();
  expect(keptDraft('anabel:contact:new')).toBe(2);
  expect(localStorage.getItem('atomic-crm:user')).toBe('kept');
});

test('what cannot be read is forgotten', () => {
  localStorage.setItem('atomic-crm:draft:ana:contact:new', '{half');
  expect(keptDraft('ana:contact:new')).toBeUndefined();
  expect(localStorage).toHaveLength(0);
});
