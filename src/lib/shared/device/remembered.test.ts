// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { forget, isRemembered, remember } from './remembered';

beforeEach(() => localStorage.clear());

test('people on one tablet have separate memories', () => {
  remember('ana', 'tip:contacts');
  remember('ana', 'tip:contacts');
  expect(isRemembered('ana', 'tip:contacts')).toBe(true);
  expect(isRemembered('luis', 'tip:contacts')).toBe(false);
  forget('ana', 'tip:contacts');
  expect(isRemembered('ana', 'tip:contacts')).toBe(false);
});

test('unreadable storage counts as nothing seen', () => {
  localStorage.setItem('atomic-crm:seen:ana', '{broken');
  expect(isRemembered('ana', 'tip:contacts')).toBe(false);
  remember('ana', 'tip:contacts');
  expect(isRemembered('ana', 'tip:contacts')).toBe(true);
});
