import { expect, test } from 'vitest';
import { formatPhone, phoneLink, samePhone } from './phone-number';

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
  ['+41441112242,,123#', null],
  ['044 111 22 33 / 079 111 22 33', 'Switzerland'],
  ['4.4E+11', 'United Kingdom'],
])('%s in %s is left as it was typed', (text, country) => {
  expect(formatPhone(text, country)).toBe(text);
});

test.each([
  ['+41 (0)44 668 18 00', null, 'tel:+41446681800'],
  ['0041 44 111 22 39', 'Switzerland', 'tel:+41441112239'],
  ['0041 44 111 22 39', null, 'tel:+41441112239'],
  ['\u202a+41 44 111 22 37\u202c', null, 'tel:+41441112237'],
  ['(212) 555-0147', null, 'tel:+12125550147'],
  ['212–555–0147', null, 'tel:+12125550147'],
  ['12125550147', 'USA', 'tel:+12125550147'],
  ['+1 (212) 555-0100 ext. 12', 'United States', 'tel:+12125550100'],
  ['+41441112242,,123#', 'Switzerland', 'tel:+41441112242'],
  ['０３-１２３４-５６７８', 'Japan', 'tel:+81312345678'],
  ['٠٤٤١١١٢٢٤٣', 'Egypt', 'tel:+20441112243'],
  ['020 7946 0000', 'UK', 'tel:+442079460000'],
  // It is valid in no known country, so it is dialed as written, and the local network decides.
  ['044 111 22 33', null, 'tel:0441112233'],
])('%s in %s is called by %s', (text, country, link) => {
  expect(phoneLink(text, country)).toBe(link);
});

test.each([
  ['044 111 22 33 / 079 111 22 33', 'Switzerland'],
  ['4.4E+11', 'United Kingdom'],
  ['Fax 044 111 22 38', 'Switzerland'],
  ['max: 044 111 22 41', 'Switzerland'],
  ['1-800-FLOWERS', 'United States'],
  ['441112240.0', 'Switzerland'],
  ['(212) 555-0147/48', 'United States'],
  ['+1 012 345 6789', null],
  ['044 111 22 33', 'USA'],
  ['12', null],
  ['', null],
])('%s in %s cannot be called', (text, country) => {
  expect(phoneLink(text, country)).toBeUndefined();
});

test.each([
  ['(212) 555-0147', '+1 212 555 0147'],
  ['212.555.0147', '12125550147'],
  ['(212) 555-0147 ext. 3', '212–555–0147'],
  ['044 123 45 67', '+41 44 123 45 67'],
  ['0041 44 123 45 67', '+41 (0)44 123 45 67'],
  ['(212) 555-0147 / (312) 555-0188', '+13125550188'],
])('%s is the same number as %s', (a, b) => {
  expect(samePhone({ text: a }, { text: b })).toBe(true);
  expect(samePhone({ text: b }, { text: a })).toBe(true);
});

test.each([
  ['(312) 555-0147', '(412) 555-0147'],
  ['(212) 555-0147', '555-0147'],
  ['+1 212 555 0147', '+44 212 555 0147'],
  ['4.4E+11', '4.4E+11'],
  ['', ''],
])('%s is not the same number as %s', (a, b) => {
  expect(samePhone({ text: a }, { text: b })).toBe(false);
});

test('reads a number without a country code in the country of its record', () => {
  expect(samePhone({ text: '020 7946 0000', country: 'UK' }, { text: '+44 20 7946 0000' })).toBe(true);
  expect(
    samePhone({ text: '(212) 555-0147', country: 'USA' }, { text: '(212) 555-0147', country: 'Germany' }),
  ).toBe(false);
});
