import { expect, test } from 'vitest';
import { parseSignature } from './signature';

test('a plain signature below a greeting', () => {
  expect(
    parseSignature(`Best regards,

Ana Lindqvist
Head Chef
The Copper Kettle

T: +46 8 123 45 67
M: +46 70 123 45 67
ana.lindqvist@example.com
www.example.com`),
  ).toEqual({
    first_name: 'Ana',
    last_name: 'Lindqvist',
    title: 'Head Chef',
    company: 'The Copper Kettle',
    emails: [{ value: 'ana.lindqvist@example.com', label: 'work' }],
    phones: [
      { value: '+46 8 123 45 67', label: 'work' },
      { value: '+46 70 123 45 67', label: 'mobile' },
    ],
  });
});

test('reads one line with bars, and skips the fax', () => {
  expect(
    parseSignature(
      'Dr. Luis Acosta, PhD | Purchasing Manager | Cottonwood Bakery\nOffice: (360) 555-0174 | Fax: (360) 555-0175 | luis@example.com',
    ),
  ).toEqual({
    first_name: 'Luis',
    last_name: 'Acosta',
    title: 'Purchasing Manager',
    company: 'Cottonwood Bakery',
    emails: [{ value: 'luis@example.com', label: 'work' }],
    phones: [{ value: '(360) 555-0174', label: 'work' }],
  });
});

test('an American address of two lines', () => {
  expect(
    parseSignature(`Maya Okafor
Owner at Harbor Street Grill
1200 Harbor Street, Suite 4
Olympia, WA 98501
Cell 360-555-0111`),
  ).toEqual({
    first_name: 'Maya',
    last_name: 'Okafor',
    title: 'Owner',
    company: 'Harbor Street Grill',
    street: '1200 Harbor Street, Suite 4',
    city: 'Olympia',
    region: 'WA',
    postal_code: '98501',
    emails: [],
    phones: [{ value: '360-555-0111', label: 'mobile' }],
  });
});

test('a German signature with a street and a town in one line', () => {
  expect(
    parseSignature(`Mit freundlichen Grüßen
Jörg Müller
Einkaufsleiter
Gasthaus zum Löwen GmbH
Hauptstraße 12, 79098 Freiburg
Tel. 0761 123456
Mobil: 0171 1234567
j.mueller@example.com`),
  ).toMatchObject({
    first_name: 'Jörg',
    last_name: 'Müller',
    title: 'Einkaufsleiter',
    company: 'Gasthaus zum Löwen GmbH',
    street: 'Hauptstraße 12',
    postal_code: '79098',
    city: 'Freiburg',
    phones: [
      { value: '0761 123456', label: 'work' },
      { value: '0171 1234567', label: 'mobile' },
    ],
  });
});

test('a British address in one line below the company', () => {
  expect(parseSignature('Tom Hale, Head Chef\nThe Anchor Inn\n5 Quay Road, Whitby YO21 1DN')).toMatchObject({
    first_name: 'Tom',
    last_name: 'Hale',
    title: 'Head Chef',
    company: 'The Anchor Inn',
    street: '5 Quay Road',
    city: 'Whitby',
    postal_code: 'YO21 1DN',
  });
});

test('guesses the company from the email address', () => {
  expect(parseSignature('Sam Reyes\nsam@blue-door-bistro.example.com').company).toBe('Blue Door Bistro');
  expect(parseSignature('Sam Reyes\nsam@gmail.com').company).toBeUndefined();
});

test('adds the protocol to a profile address', () => {
  expect(parseSignature('Jane van der Berg\nlinkedin.com/in/jane-example')).toEqual({
    first_name: 'Jane',
    last_name: 'van der Berg',
    linkedin_url: 'https://linkedin.com/in/jane-example',
    emails: [],
    phones: [],
  });
});

test('a title, a department and a company in their own lines', () => {
  expect(
    parseSignature('Priya Shah\nSenior Buyer\nFood and Beverage Purchasing\nGrand Hotel Ltd.'),
  ).toMatchObject({
    title: 'Senior Buyer',
    department: 'Food and Beverage Purchasing',
    company: 'Grand Hotel Ltd.',
  });
});

test.each(['', '   ', '\n--\n', 'ok', '1234', '>>> >>> '])('fills nothing from other text: %j', (text) => {
  expect(parseSignature(text)).toMatchObject({ emails: [], phones: [] });
  expect(parseSignature(text).first_name).toBeUndefined();
});

test.each([
  ['Robert Downey Jr.\nOwner', 'Robert', 'Downey Jr.'],
  ['Robert Downey, Jr.\nOwner', 'Robert', 'Downey, Jr.'],
  ['Gabriel García Márquez\nHead Chef', 'Gabriel', 'García Márquez'],
])('%s: the last name keeps its suffix and its second part', (text, first_name, last_name) => {
  expect(parseSignature(text)).toMatchObject({ first_name, last_name });
  expect(parseSignature(text).company).toBeUndefined();
});
