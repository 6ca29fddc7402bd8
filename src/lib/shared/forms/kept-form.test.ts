// @vitest-environment jsdom
import { expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { companyDraft, companyDraftShape, type CompanyDraft } from '$lib/features/companies/draft';
import { contactDraft, contactDraftShape, type ContactDraft } from '$lib/features/contacts/draft';
import { dealDraft, dealDraftShape, type DealDraft } from '$lib/features/deals/draft';
import { taskDraft, taskDraftShape, type TaskDraft } from '$lib/shared/tasks/draft';
import { readKeptForm } from './kept-form';

const forms: [string, Record<string, unknown>, Record<string, z.ZodMiniType>][] = [
  ['contact', { ...contactDraft() }, contactDraftShape],
  ['company', { ...companyDraft() }, companyDraftShape],
  ['deal', { ...dealDraft() }, dealDraftShape],
  ['task', { ...taskDraft() }, taskDraftShape],
];

test.each(forms)(
  'a draft of a %s opens whichever field the release that kept it did not know',
  (_, fresh, shape) => {
    expect(Object.keys(shape).sort()).toEqual(Object.keys(fresh).sort());
    for (const field of Object.keys(fresh)) {
      const draft = Object.fromEntries(Object.entries(fresh).filter(([name]) => name !== field));
      const kept = JSON.parse(JSON.stringify({ begun: { draft }, draft })) as unknown;
      expect(readKeptForm(kept, { draft: fresh }, shape)?.draft).toEqual(fresh);
    }
  },
);

test.each(forms)('a draft of a %s opens whatever another release kept in its fields', (_, fresh, shape) => {
  for (const field of Object.keys(fresh))
    for (const odd of [null, 7, true, {}, [], [null], [{ a: 1 }], { deep: { er: null } }]) {
      const kept = { begun: { draft: fresh }, draft: { ...fresh, [field]: odd } };
      const read = readKeptForm(kept, { draft: fresh }, shape);
      expect(shape[field]?.safeParse(read?.draft[field]).success).toBe(true);
      expect(read?.unplaced).toEqual([]);
    }
});

test.each([undefined, null, 7, 'text', [], {}, { draft: null }, { draft: 'text' }, { begun: {} }])(
  'ignores stored text that is not a form: %j',
  (kept) => {
    expect(readKeptForm(kept, { draft: taskDraft() }, taskDraftShape)).toBeUndefined();
  },
);

test('list entries keep their text when the form has a new field', () => {
  const draft = { ...contactDraft(), first_name: 'Ana', emails: [{ value: 'ana@example.com' }] };
  const read = readKeptForm(
    { begun: { draft: contactDraft() }, draft },
    { draft: contactDraft() },
    contactDraftShape,
  );
  expect(read?.draft).toMatchObject({ first_name: 'Ana', emails: [{ value: 'ana@example.com', label: '' }] });
  expect(read?.unplaced).toEqual([]);
});

test('text typed into a removed field can still be copied', () => {
  const fresh: CompanyDraft = companyDraft();
  const begun = { draft: { ...fresh, motto: 'Old words', fax: '' } };
  const draft = {
    ...fresh,
    name: 'Mill',
    motto: 'Old words',
    fax: '555 01',
    list: [{ value: 'typed', at: 3 }],
  };
  const read = readKeptForm({ begun, draft }, { draft: fresh }, companyDraftShape);
  expect(read?.draft).toEqual({ ...fresh, name: 'Mill' });
  expect(read?.unplaced).toEqual(['555 01', 'typed']);
  // The form keeps it with the draft until the draft is saved or discarded.
  expect(readKeptForm(read, { draft: fresh }, companyDraftShape)?.unplaced).toEqual(['555 01', 'typed']);
});

test('a field that became a list keeps its text', () => {
  const kept = {
    begun: { draft: dealDraft() },
    draft: { ...dealDraft(), stage: 'lost_for_now', source: 'Fair' },
  };
  const read = readKeptForm<DealDraft, never>(kept, { draft: dealDraft() }, dealDraftShape);
  expect(read?.draft).toMatchObject({ stage: 'new_lead', source: 'Fair' });
  expect(read?.unplaced).toEqual(['lost_for_now']);
});

test('only a column that is new takes its current value as seen', () => {
  const fresh = { draft: taskDraft({ title: 'Call' }), seen: { id: '1', title: 'Call Ana', kind: 'call' } };
  const kept = { begun: { draft: taskDraft(), seen: { id: '1', title: 'Call' } }, draft: taskDraft() };
  expect(readKeptForm<TaskDraft, object>(kept, fresh, taskDraftShape)?.begun.seen).toEqual({
    id: '1',
    title: 'Call',
    kind: 'call',
  });
});

test('a new field does not count as a change to the record', () => {
  const fresh: ContactDraft = contactDraft({ department: 'Kitchen' });
  const { department, ...old } = fresh;
  const read = readKeptForm(
    { begun: { draft: old }, draft: { ...old, title: 'Chef' } },
    { draft: fresh },
    contactDraftShape,
  );
  expect([read?.begun.draft.department, read?.draft.department]).toEqual([department, department]);
});
