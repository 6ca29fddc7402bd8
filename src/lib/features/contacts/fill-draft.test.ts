import { expect, test } from 'vitest';
import { contactDraft } from './draft';
import { SignatureFill } from './fill-draft';
import { parseSignature } from './signature';

const text = `Ana Lindqvist
Head Chef
The Copper Kettle
M: +46 70 123 45 67
ana@example.com`;
const signature = parseSignature(text);

test('fills an empty form and names the fields', () => {
  const draft = contactDraft();
  expect(new SignatureFill(draft).fill(signature)).toEqual([
    'name',
    'title',
    'company',
    'email address',
    'phone number',
  ]);
  expect(draft).toMatchObject({
    first_name: 'Ana',
    last_name: 'Lindqvist',
    company: { id: null, text: 'The Copper Kettle' },
    emails: [{ value: 'ana@example.com', label: 'work' }],
    phones: [{ value: '+46 70 123 45 67', label: 'mobile' }],
  });
});

test('keeps typed values and adds nothing twice', () => {
  const draft = { ...contactDraft(), first_name: 'Anna' };
  new SignatureFill(draft).fill(signature);
  expect(new SignatureFill(draft).fill(signature)).toEqual([]);
  expect(draft.first_name).toBe('Anna');
  expect(draft.phones).toHaveLength(1);
});

test('a signature typed letter by letter fills the form as if it were pasted', () => {
  const pasted = contactDraft();
  new SignatureFill(pasted).fill(signature);
  const draft = contactDraft();
  const fill = new SignatureFill(draft);
  for (let length = 1; length <= text.length; length++) fill.fill(parseSignature(text.slice(0, length)));
  expect(draft).toEqual(pasted);
  fill.fill(parseSignature(''));
  expect(draft, 'and an emptied one leaves nothing').toEqual(contactDraft());
});

test('keeps corrections made while the signature is typed', () => {
  const draft = contactDraft();
  const fill = new SignatureFill(draft);
  fill.fill(parseSignature(text.slice(0, -4)));
  draft.first_name = 'Anna';
  draft.phones = [{ value: '+46 70 123 45 68', label: 'mobile' }];
  fill.fill(signature);
  expect(draft).toMatchObject({ first_name: 'Anna', last_name: 'Lindqvist' });
  expect(draft.emails.map(({ value }) => value)).toEqual(['ana@example.com']);
  expect(draft.phones.map(({ value }) => value)).toContain('+46 70 123 45 68');
});
