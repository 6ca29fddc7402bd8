import { expect, test } from 'vitest';
import { contactDraft } from './draft';
import { fillDraft } from './fill-draft';
import { parseSignature } from './signature';

const signature = parseSignature(`Ana Lindqvist
Head Chef
The Copper Kettle
M: +46 70 123 45 67
ana@example.com`);

test('an empty form is filled, and says with what', () => {
  const draft = contactDraft();
  expect(fillDraft(draft, signature)).toEqual(['name', 'title', 'company', 'e-mail', 'phone number']);
  expect(draft).toMatchObject({
    first_name: 'Ana',
    last_name: 'Lindqvist',
    company: { id: null, text: 'The Copper Kettle' },
    emails: [{ value: 'ana@example.com', label: 'work' }],
    phones: [{ value: '+46 70 123 45 67', label: 'mobile' }],
  });
});

test('what a person typed stays, and nothing is added twice', () => {
  const draft = { ...contactDraft(), first_name: 'Anna' };
  fillDraft(draft, signature);
  expect(fillDraft(draft, signature)).toEqual([]);
  expect(draft.first_name).toBe('Anna');
  expect(draft.phones).toHaveLength(1);
});
