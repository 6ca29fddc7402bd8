import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Contact } from '$lib/entities/contact';
import { mergeField, type MergeRule } from '$lib/entities/merge';
import { registry } from '$lib/entities/registry';
import { applyMutation, rebase } from './rebase';
import type { Mutation } from '$lib/entities/mutation';

const me = '018f0000-0000-7000-8000-000000000001';
const id = '018f0000-0000-7000-8000-00000000000a';

const word = fc.constantFrom('a', 'b', 'c', null);
const tags = fc.uniqueArray(fc.constantFrom('vip', 'hotel', 'new', 'seafood'));
const phones = fc.uniqueArray(
  fc.record({ value: fc.constantFrom('1', '2', '3'), label: fc.constantFrom('Work', 'Home', null) }),
  { selector: (entry) => entry.value },
);
const fields = fc.record({ first_name: fc.constantFrom('Ana', 'Bo'), title: word, city: word, tags, phones });
type Fields = Pick<Contact, 'first_name' | 'title' | 'city' | 'tags' | 'phones'>;

const moment = fc.constantFrom('2026-03-01T08:00:00.000Z', '2026-03-02T08:00:00.000Z');
const operation = (...ops: Mutation['op'][]) => fc.constantFrom(...ops);

const blank = Object.fromEntries(Object.keys(registry.contacts.schema.shape).map((field) => [field, null]));
const row = fields.map((values): Contact => ({
  ...(blank as unknown as Contact),
  emails: [],
  ...values,
  id,
  version: 3,
}));

/** A mutation whose author saw `seen`: the fields that differ, with the values seen as base. */
function mutationFrom(op: Mutation['op'], seen: Fields, wanted: Partial<Fields>, at: string): Mutation {
  const entries = Object.entries(wanted);
  const base =
    op === 'insert' ? {} : Object.fromEntries(entries.map(([field]) => [field, Reflect.get(seen, field)]));
  return {
    mutation_id: crypto.randomUUID(),
    entity: 'contacts',
    id,
    op,
    base_version: 3,
    base,
    patch: op === 'delete' ? {} : Object.fromEntries(entries),
    occurred_at: at,
  };
}

const some = fc.subarray(['first_name', 'title', 'city', 'tags', 'phones'] as const);
const mutations = fc.array(
  fc
    .tuple(operation('update', 'delete', 'restore', 'insert'), fields, fields, some, moment)
    .map(([op, seen, wanted, keys, at]) =>
      mutationFrom(op, seen, Object.fromEntries(keys.map((key) => [key, wanted[key]])), at),
    ),
  { maxLength: 6 },
);

test('without mutations the record is the server’s', () => {
  fc.assert(
    fc.property(fc.option(row), (server) => {
      expect(rebase(server, [], me)).toBe(server);
    }),
  );
});

test('rebasing changes neither the server’s copy nor what is queued', () => {
  fc.assert(
    fc.property(row, mutations, (server, queued) => {
      const before = structuredClone([server, queued]);
      rebase(server, queued, me);
      expect([server, queued]).toEqual(before);
    }),
  );
});

test('mutations apply in their order, each on what the ones before it left', () => {
  fc.assert(
    fc.property(fc.option(row), mutations, mutations, (server, first, second) => {
      expect(rebase(server, [...first, ...second], me)).toEqual(
        rebase(rebase(server, first, me), second, me),
      );
    }),
  );
});

test('on the row its author saw, an edit shows exactly what was written', () => {
  fc.assert(
    fc.property(row, fields, some, moment, (server, wanted, keys, at) => {
      const values = Object.fromEntries(keys.map((key) => [key, wanted[key]]));
      const shown = rebase(server, [mutationFrom('update', server, values, at)], me);
      expect(shown).toEqual({ ...server, ...values, updated_at: at, updated_by: me });
    }),
  );
});

test('a field that no edit names shows what the server has', () => {
  fc.assert(
    fc.property(row, mutations, (server, queued) => {
      const named = new Set(queued.flatMap((mutation) => Object.keys(mutation.patch)));
      const shown = rebase(server, queued, me);
      for (const field of ['first_name', 'title', 'city', 'tags', 'phones'] as const)
        if (!named.has(field)) expect(shown && Reflect.get(shown, field)).toEqual(server[field]);
    }),
  );
});

test('what the server merged by the same rules shows the same once it is settled', () => {
  fc.assert(
    fc.property(row, row, fields, some, moment, (seen, theirs, wanted, keys, at) => {
      const values = Object.fromEntries(keys.map((key) => [key, wanted[key]]));
      const mine = mutationFrom('update', seen, values, at);
      const rules: Record<string, MergeRule> = registry.contacts.rules;
      const merged = keys.map(
        (key) => [key, mergeField(rules[key] ?? 'three_way', seen[key], wanted[key], theirs[key])] as const,
      );
      fc.pre(merged.every(([, { conflict }]) => !conflict));
      const decided = { ...theirs, ...Object.fromEntries(merged.map(([key, { value }]) => [key, value])) };
      const waiting = rebase(theirs, [mine], me) as Contact;
      const settled = rebase(decided, [], me) as Contact;
      for (const key of keys) expect(waiting[key]).toEqual(settled[key]);
    }),
  );
});

test('a text that both sides changed shows its author’s own until the server has decided', () => {
  fc.assert(
    fc.property(row, moment, (server, at) => {
      const mine = mutationFrom('update', { ...server, title: 'seen' }, { title: 'mine' }, at);
      expect(rebase({ ...server, title: 'theirs' }, [mine], me)).toMatchObject({ title: 'mine' });
    }),
  );
});

test('an insert and its edits show the record before any server knows it', () => {
  fc.assert(
    fc.property(fields, word, moment, (values, title, at) => {
      const insert = mutationFrom('insert', values, values, at);
      const shown = rebase(null, [insert, mutationFrom('update', values, { title }, at)], me);
      expect(shown).toMatchObject({ ...values, title, id, version: 0, created_by: me, deleted_at: null });
      expect(Object.keys(shown ?? {}).sort()).toEqual(Object.keys(blank).sort());
    }),
  );
});

test('an insert that the server has already leaves its row alone', () => {
  fc.assert(
    fc.property(row, fields, moment, (server, values, at) => {
      expect(applyMutation(server, mutationFrom('insert', values, values, at), me)).toBe(server);
    }),
  );
});

test('an edit of what exists nowhere makes nothing', () => {
  fc.assert(
    fc.property(fields, moment, operation('update', 'delete', 'restore'), (values, at, op) => {
      expect(rebase(null, [mutationFrom(op, values, values, at)], me)).toBeNull();
    }),
  );
});

test('deleted and restored, the record lives', () => {
  fc.assert(
    fc.property(row, moment, (server, at) => {
      const gone = mutationFrom('delete', server, {}, at);
      const back = mutationFrom('restore', server, {}, at);
      expect(rebase(server, [gone], me)).toMatchObject({ deleted_at: at });
      expect(rebase(server, [gone, back], me)).toMatchObject({ deleted_at: null });
    }),
  );
});
