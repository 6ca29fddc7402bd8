import { expect, test } from 'vitest';
import { isAt, placeOf } from './navigation';

test('a record belongs to its list, and only the dashboard to the dashboard', () => {
  expect(isAt('/contacts', '/contacts/1')).toBe(true);
  expect(isAt('/contacts', '/contacts-export')).toBe(false);
  expect(isAt('/', '/contacts')).toBe(false);
  expect(isAt('/', '/')).toBe(true);
});

test('Back leads from a record to its list', () => {
  expect(placeOf('/deals/1')).toEqual({ title: 'Deals', back: '/deals' });
  expect(placeOf('/deals')).toEqual({ title: 'Deals', back: undefined });
  expect(placeOf('/import')).toEqual({ title: 'Import', back: '/contacts' });
});
