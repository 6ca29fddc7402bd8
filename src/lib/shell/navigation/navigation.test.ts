import { expect, test } from 'vitest';
import { isAt, placeOf } from './navigation';

test('a record belongs to its list, and nothing but the dashboard to the dashboard', () => {
  expect(isAt('/contacts', '/contacts/1')).toBe(true);
  expect(isAt('/contacts', '/contacts-export')).toBe(false);
  expect(isAt('/', '/contacts')).toBe(false);
  expect(isAt('/', '/')).toBe(true);
});

test('a record leads back to its list, a list nowhere', () => {
  expect(placeOf('/deals/1')).toEqual({ title: 'Deals', back: '/deals' });
  expect(placeOf('/deals')).toEqual({ title: 'Deals', back: undefined });
  expect(placeOf('/import')).toEqual({ title: 'Import', back: '/contacts' });
});
