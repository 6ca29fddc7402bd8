import { expect, test } from 'vitest';
import type { Contact } from '$lib/entities/contact';
import { checkContact, contactDraft, contactValues } from './draft';

const imported = {
  first_name: ' Ana ',
  last_name: null,
  emails: [{ value: 'not an address', label: null }],
  phones: [],
  tags: ['vip'],
  linkedin_url: 'http://nowhere',
} as unknown as Contact;

test('a contact needs a first name or a last name', () => {
  expect(checkContact(contactDraft())).toHaveProperty('first_name');
  expect(checkContact({ ...contactDraft(), first_name: '  ' })).toHaveProperty('first_name');
  expect(checkContact({ ...contactDraft(), last_name: 'Silva' })).toEqual({});
});

test('an invalid imported value does not prevent saving the rest', () => {
  expect(checkContact({ ...contactDraft(imported), title: 'Chef' }, imported)).toEqual({});
});

test('shows an invalid address at its own field', () => {
  const draft = contactDraft({ last_name: 'Silva' });
  draft.emails.push({ value: 'ana@', label: 'work' });
  draft.linkedin_url = 'javascript:alert(1)';
  expect(Object.keys(checkContact(draft))).toEqual(['emails.1', 'linkedin_url']);
});

test('opening and saving a form changes nothing', () => {
  expect(contactValues(contactDraft(imported), contactDraft(imported))).toEqual({});
});

test('writes only edited fields, trimmed, and empty fields as null', () => {
  const begun = contactDraft({ title: 'Chef', last_name: 'Silva' });
  expect(contactValues({ ...begun, title: ' ', last_name: ' Sousa ' }, begun)).toEqual({
    title: null,
    last_name: 'Sousa',
  });
});

test('keeps an address once and leaves out empty fields', () => {
  const draft = contactDraft();
  draft.emails = [
    { value: ' ana@example.com', label: 'work' },
    { value: 'ana@example.com', label: 'home' },
    { value: '', label: 'other' },
  ];
  expect(contactValues(draft, contactDraft()).emails).toEqual([{ value: 'ana@example.com', label: 'work' }]);
});
