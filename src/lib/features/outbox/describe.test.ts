import { expect, test } from 'vitest';
import { entityNames, type EntityName, type Row } from '$lib/entities/registry';
import type { Operation } from '$lib/entities/mutation';
import { describe } from './describe';

const said = (entity: EntityName, op: Operation, patch: object, row?: object, about?: EntityName) => {
  const { before, name, after } = describe(
    { entity, op, patch: { ...patch } },
    row as unknown as Row | undefined,
    about,
  );
  return `${before} *${name}* ${after}`.trim();
};

const deal = { name: 'Poke program' };
const ana = { first_name: 'Ana', last_name: 'Silva' };

test.each<[string, EntityName, Operation, object, object?, EntityName?]>([
  [
    'Moved *Poke program* to Demo scheduled',
    'deals',
    'update',
    { stage: 'demo_scheduled', position: 'a' },
    deal,
  ],
  ['Moved *Poke program* within its stage', 'deals', 'update', { position: 'b' }, deal],
  ['Archived *Poke program*', 'deals', 'update', { archived_at: '2026-03-01T08:00:00Z' }, deal],
  ['Unarchived *Poke program*', 'deals', 'update', { archived_at: null }, deal],
  ['Changed amount of *Poke program*', 'deals', 'update', { amount: 5 }, deal],
  ['Added the contact *Ana Silva*', 'contacts', 'insert', ana],
  [
    'Changed title, email and phone of *Ana Silva*',
    'contacts',
    'update',
    { title: '', emails: [], phones: [] },
    ana,
  ],
  [
    'Changed title, city, street and 2 more of *Ana Silva*',
    'contacts',
    'update',
    { title: '', city: '', street: '', region: '', country: '' },
    ana,
  ],
  ['Changed LinkedIn of *Ana Silva*', 'contacts', 'update', { linkedin_url: null }, ana],
  ['Deleted the contact *Ana Silva*', 'contacts', 'delete', {}, ana],
  ['Restored the contact *Ana Silva*', 'contacts', 'restore', {}, ana],
  ['Merged a contact into *Ana Silva*', 'contacts', 'merge', { from: ['1'] }, ana],
  [
    'Merged 2 companies into *Harbour Foods*',
    'companies',
    'merge',
    { from: ['1', '2'] },
    { name: 'Harbour Foods' },
  ],
  ['Added the note *Called the chef*', 'notes', 'insert', { body: 'Called the chef' }],
  [
    'Completed *Send samples*',
    'tasks',
    'update',
    { done_at: '2026-03-01T08:00:00Z' },
    { title: 'Send samples' },
  ],
  ['Reopened *Send samples*', 'tasks', 'update', { done_at: null }, { title: 'Send samples' }],
  ['Deactivated *Mo Berg*', 'members', 'update', { active: false }, { full_name: 'Mo Berg' }],
  ['Changed role of *Mo Berg*', 'members', 'update', { role: 'manager' }, { full_name: 'Mo Berg' }],
  ['Resolved a conflict on *Ana Silva*', 'conflicts', 'update', { resolution: 'mine' }, ana, 'contacts'],
  ['Resolved a conflict on *a conflict*', 'conflicts', 'update', { resolution: 'mine' }],
  ['Imported *contacts.csv*', 'import_batches', 'insert', { file_name: 'contacts.csv' }],
  [
    'Undid the import *contacts.csv*',
    'import_batches',
    'update',
    { undone_at: 'now' },
    { file_name: 'contacts.csv' },
  ],
  ['Added *a maintenance window*', 'maintenance_windows', 'insert', { message: null }],
  [
    'Canceled *New release*',
    'maintenance_windows',
    'update',
    { cancelled_at: 'now' },
    { message: 'New release' },
  ],
  ['Ended *New release*', 'maintenance_windows', 'update', { closed_at: 'now' }, { message: 'New release' }],
  ['Added the saved view *Chefs in Bergen*', 'saved_views', 'insert', { name: 'Chefs in Bergen' }],
])('%s', (sentence, ...change) => {
  expect(said(...change)).toBe(sentence);
});

test('every possible change has a sentence without column names', () => {
  for (const entity of entityNames)
    for (const op of ['insert', 'update', 'delete', 'restore'] as const) {
      const sentence = said(entity, op, op === 'update' ? { owner_id: null } : {});
      expect(sentence).toMatch(/^[A-Z][^_]+ \*[^*_]+\*/);
      expect(sentence).not.toMatch(/undefined|null/);
    }
});
