import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Contact } from '$lib/entities/contact';
import { registry, type Row } from '$lib/entities/registry';
import { applyMerge, applyMutation, rebase } from './rebase';
import { mergedFields, undoMerge } from './merge-records';
import type { Mutation } from '$lib/entities/mutation';

const me = '018f0000-0000-7000-8000-000000000001';
const ids = ['a', 'b', 'c', 'd'].map((letter) => `018f0000-0000-7000-8000-00000000000${letter}`);
const at = '2026-03-01T08:00:00.000Z';

const word = fc.constantFrom('x', 'y', '', null);
const tags = fc.uniqueArray(fc.constantFrom('vip', 'hotel', 'new'));
const phones = fc.uniqueArray(
  fc.record({ value: fc.constantFrom('1', '2', '3'), label: fc.constantFrom('Work', 'Home', null) }),
  { selector: ({ value }) => value },
);
const fields = fc.record({ title: word, city: word, owner_id: word, tags, phones });
const blank = Object.fromEntries(Object.keys(registry.contacts.schema.shape).map((field) => [field, null]));
const contact = (id: string) =>
  fields.map((values): Contact => ({
    ...(blank as unknown as Contact),
    first_name: 'Ana',
    emails: [],
    ...values,
    id,
    version: 1,
  }));
const [into, ...others] = ids as [string, string, string, string];
const people = fc.tuple(contact(into), contact(others[0]), contact(others[1]));

const mergeOf = (survivor: Contact, merged: Contact[], choices: Record<string, string> = {}): Mutation => {
  const from = merged.map(({ id }) => id);
  const shows = mergedFields('contacts', survivor, merged, choices);
  return {
    mutation_id: crypto.randomUUID(),
    entity: 'contacts',
    id: survivor.id,
    op: 'merge',
    base_version: 1,
    base: Object.fromEntries(Object.keys(shows).map((field) => [field, Reflect.get(survivor, field)])),
    patch: { into: survivor.id, from, choices },
    shows,
    occurred_at: at,
  };
};

const isBlank = (value: unknown) => value === null || value === '';

test('a merge fills blanks only, from the first that has something, and loses no tag and no number', () => {
  fc.assert(
    fc.property(people, ([survivor, ...merged]) => {
      const shown = applyMutation(survivor, mergeOf(survivor, merged), me) as Contact;
      for (const field of ['title', 'city'] as const) {
        const filled = [survivor, ...merged].map((row) => row[field]).find((value) => !isBlank(value));
        if (filled === undefined) expect(isBlank(shown[field])).toBe(true);
        else expect(shown[field]).toBe(filled);
      }
      expect(shown.owner_id).toBe(survivor.owner_id);
      const all = [survivor, ...merged];
      expect(new Set(shown.tags)).toEqual(new Set(all.flatMap((row) => row.tags)));
      const numbers = (rows: Contact[]) =>
        new Set(rows.flatMap((row) => row.phones.map(({ value }) => value)));
      expect(numbers([shown])).toEqual(numbers(all));
      expect(shown.phones).toHaveLength(numbers(all).size);
    }),
  );
});

test('what was chosen stays, whoever had it', () => {
  fc.assert(
    fc.property(people, fc.nat({ max: 2 }), (rows, chosen) => {
      const [survivor, ...merged] = rows;
      const choice = rows[chosen] as Contact;
      const shown = applyMutation(
        survivor,
        mergeOf(survivor, merged, { title: choice.id, tags: choice.id }),
        me,
      );
      expect(shown).toMatchObject({ title: choice.title });
      expect(new Set((shown as Contact).tags)).toEqual(new Set(choice.tags));
    }),
  );
});

test('a merge that arrives twice does no more than once, on every record it touches', () => {
  fc.assert(
    fc.property(people, ([survivor, ...merged]) => {
      const merge = mergeOf(survivor, merged);
      for (const row of [survivor, ...merged]) {
        const once = rebase(row, [merge], me);
        expect(rebase(row, [merge, merge], me)).toEqual(once);
        expect(rebase(once, [merge], me)).toEqual(once);
      }
    }),
  );
});

const deal = fc
  .record({ contact_ids: fc.uniqueArray(fc.constantFrom(...ids)), name: fc.constantFrom('Big', 'Small') })
  .map((values) => ({ ...values, id: '018f0000-0000-7000-8000-0000000000dd' }) as unknown as Row<'deals'>);
const links = (row: Row) => (row as Row<'deals'>).contact_ids;

test('nothing that referred to a merged record is left behind or named twice, and nothing else moves', () => {
  fc.assert(
    fc.property(people, deal, ([survivor, ...merged], referring) => {
      const merge = mergeOf(survivor, merged);
      const moved = applyMerge(referring, merge, me);
      const gone = merged.map(({ id }) => id);
      const wanted = referring.contact_ids.map((id) => (gone.includes(id) ? into : id));
      expect(links(moved)).toEqual([...new Set(wanted)]);
      expect(applyMerge(moved, merge, me)).toEqual(moved);
      expect({ ...moved, contact_ids: [] }).toEqual({ ...referring, contact_ids: [] });
      expect(undoMerge(moved, moved, { entity: 'contacts', id: into, from: gone })).toEqual({});
    }),
  );
});

test('two merges, one into the other, move a reference to the same record in any order', () => {
  fc.assert(
    fc.property(people, deal, ([survivor, second, third], referring) => {
      const first = mergeOf(second, [third]);
      const last = mergeOf(survivor, [second]);
      const inOrder = applyMerge(applyMerge(referring, first, me), last, me);
      // The second to arrive finds its target merged away, and the server has it follow to the one that stays.
      const followed = { ...first, id: into };
      const other = applyMerge(applyMerge(referring, last, me), followed, me);
      expect(new Set(links(inOrder))).toEqual(new Set(links(other)));
    }),
  );
});

test('a merge taken back gives each reference its record again', () => {
  fc.assert(
    fc.property(people, deal, ([survivor, ...merged], referring) => {
      const from = merged.map(({ id }) => id);
      const moved = applyMerge(referring, mergeOf(survivor, merged), me);
      const back = {
        ...moved,
        ...undoMerge(referring, moved, { entity: 'contacts', id: into, from }),
      } as Row;
      expect(new Set(links(back))).toEqual(new Set(referring.contact_ids));
    }),
  );
});
