import { describe, expect, test } from 'vitest';
import type { Conflict } from '$lib/entities/conflict';
import type { Row } from '$lib/entities/registry';
import { fieldEditor } from './field-editor';

const conflict = (entity: string, field: string, mine: unknown, theirs: unknown = null) =>
  ({ entity, field, mine, theirs }) as Conflict;
const editorOf = (entity: string, field: string, mine: unknown, row?: object) => {
  const editor = fieldEditor(conflict(entity, field, mine), row as Row | undefined);
  if (!editor) throw new Error(`${field} cannot be edited`);
  return editor;
};

describe('a field is edited with the control of its form, and its checks', () => {
  test.each([
    ['tasks', 'due_on', '2026-12-18', 'day'],
    ['deals', 'expected_close_on', null, 'day'],
    ['deals', 'amount', 1200, 'text'],
    ['deals', 'currency', 'USD', 'text'],
    ['deals', 'priority', 'A', 'choice'],
    ['notes', 'kind', 'call', 'choice'],
    ['notes', 'body', 'Called', 'long'],
    ['members', 'role', 'rep', 'choice'],
    ['contacts', 'title', 'Chef', 'text'],
  ])('%s %s', (entity, field, mine, control) => {
    expect(editorOf(entity, field, mine)).toMatchObject({ control, text: String(mine ?? '') });
  });

  test.each([
    ['tasks', 'due_on', '0026-12-18', { value: '2026-12-18' }],
    ['tasks', 'due_on', '', { value: null }],
    ['tasks', 'due_on', '0206-12-18', { problem: 'Choose a year from 1900 to 2199.' }],
    ['tasks', 'title', ' ', { problem: "This field can't be empty." }],
    ['deals', 'amount', '1,200.50', { value: 1200.5 }],
    ['deals', 'amount', 'many', { problem: 'Enter the amount in digits, like 1,200.50.' }],
    ['deals', 'currency', 'mxn', { value: 'MXN' }],
    ['deals', 'currency', '$', { problem: 'Enter a three-letter currency code, like USD or EUR.' }],
    ['deals', 'priority', '', { value: null }],
    ['companies', 'website', 'lada.example.com', { value: 'https://lada.example.com' }],
    ['companies', 'website', 'none', { problem: 'Enter a valid web address, like www.example.com.' }],
    ['contacts', 'title', ' Chef ', { value: 'Chef' }],
    ['contacts', 'title', 'x'.repeat(301), { problem: 'This value cannot be saved.' }],
  ])('%s %s: %s', (entity, field, typed, read) => {
    expect(editorOf(entity, field, field === 'amount' ? 1 : 'x').read(typed)).toEqual(read);
  });
});

test('a contact keeps a first or a last name', () => {
  const row = (last_name: string | null) => ({ first_name: 'Ana', last_name });
  const read = (last: string | null) => editorOf('contacts', 'first_name', 'Anna', row(last)).read('');
  expect(read('Silva')).toEqual({ value: null });
  expect(read(null)).toEqual({ problem: 'Enter a first name or a last name.' });
});

test.each([
  ['deals', 'stage', 'closed_won'],
  ['deals', 'company_id', null],
  ['deals', 'closed_at', '2026-12-01T02:30:00Z'],
  ['contacts', 'emails', []],
  ['members', 'active', true],
  ['saved_views', 'position', 'a0'],
])('offers choices for %s %s', (entity, field, mine) => {
  expect(fieldEditor(conflict(entity, field, mine), undefined)).toBeUndefined();
});
