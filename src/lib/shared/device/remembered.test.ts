// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { forget, isRemembered, remember } from './remembered';

beforeEach(() => localStorage.clear());

test('what one person has seen, another on the same tablet has not', () => {
  remember('ana', 'tip:contacts');
  remember('ana', 'tip:contacts');
  expect(isRemembered('ana', 'tip:contacts')).toBe(true);
  expect(isRemembered('luis', 'tip:contacts')).toBe(false);
  forget('ana', 'tip:contacts');
  expect(isRemembered('ana', 'tip:contacts')).toBe(false);
});

test('storage that holds something else is nothing seen, and no error', () => {
  localStorage.setItem('atomic-crm:seen:ana', '{broken');
  expect(isRemembered('ana', 'tip:contacts')).toBe(false);
  remember('ana', 'tip:contacts');
  expect(isRemembered('ana', 'tip:contacts')).toBe(true);
});
