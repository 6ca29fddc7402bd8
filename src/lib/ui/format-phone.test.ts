import { expect, test } from 'vitest';
import { formatPhone } from './format-phone';

test.each([
  ['+41446681800', null, '+41 44 668 18 00'],
  ['+1-360-555-0174', 'USA', '+1 360 555 0174'],
  ['3605550174', 'USA', '(360) 555-0174'],
  ['360.555.0174 x12', 'United States', '(360) 555-0174 ext. 12'],
  ['02079460000', 'UK', '020 7946 0000'],
  ['+4969123456', 'Germany', '+49 69 123456'],
])('%s in %s reads %s', (text, country, shown) => {
  expect(formatPhone(text, country)).toBe(shown);
});

test.each([
  ['044 668 18 00', null],
  ['ask for Ana', 'USA'],
  ['12', 'USA'],
  ['+', null],
  ['0170 or 0171', 'Germany'],
  ['3605550174', 'Atlantis'],
])('%s in %s is left as it was typed', (text, country) => {
  expect(formatPhone(text, country)).toBe(text);
});
