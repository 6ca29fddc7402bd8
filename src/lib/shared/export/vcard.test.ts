import { expect, test } from 'vitest';
import type { Contact } from '$lib/entities/contact';
import { vcard } from './vcard';

const contact = {
  id: '018f0000-0000-7000-8000-00000000000a',
  first_name: 'Zoë',
  last_name: 'Ångström; jr',
  title: 'Chef, owner',
  emails: [{ value: 'zoe@example.com', label: 'work' }],
  phones: [{ value: '+41 44 123', label: 'mobile' }],
  street: 'Seestrasse 1',
  city: 'Zürich',
  tags: ['vip', 'a,b'],
  background: `Line one\nLine two ${'ü'.repeat(60)}`,
} as Contact;
const card = vcard(contact, 'Harbour Hotel');
const unfolded = card.replaceAll('\r\n ', '').split('\r\n');

test('separators and line breaks in a value stay part of the value', () => {
  expect(unfolded).toContain('N:Ångström\\; jr;Zoë;;;');
  expect(unfolded).toContain('TITLE:Chef\\, owner');
  expect(unfolded).toContain('CATEGORIES:vip,a\\,b');
  expect(unfolded.find((line) => line.startsWith('NOTE:'))).toContain('Line one\\nLine two');
});

test('labels become the types that phones know', () => {
  expect(unfolded).toContain('TEL;TYPE=CELL:+41 44 123');
  expect(unfolded).toContain('EMAIL;TYPE=INTERNET;TYPE=WORK:zoe@example.com');
});

test('lines have at most 75 bytes, and no letter is split', () => {
  for (const line of card.split('\r\n'))
    expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  expect(unfolded.join('')).toContain('ü'.repeat(60));
});
