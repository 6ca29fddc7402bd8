import * as z from 'zod/mini';
import { expect, test } from 'vitest';
import { fieldPrints } from './fingerprint';
import { entityNames, registry } from './registry';
import { withSchema } from './with-schema';

test('the same schema has the same fingerprint, field by field', () => {
  for (const entity of entityNames) {
    const prints = fieldPrints(entity);
    expect(Object.keys(prints)).toEqual(Object.keys(registry[entity].schema.shape));
    expect(fieldPrints(entity)).toBe(prints);
  }
});

const shape = registry.tasks.schema.shape;
test.each([
  ['a new word', { ...shape, priority: z.nullable(z.enum(['A', 'B', 'C', 'D', 'E'])) }],
  ['another type', { ...shape, priority: z.nullable(z.number()) }],
  ['a field that may be empty now', { ...shape, priority: z.nullable(z.nullable(z.enum(['A', 'B']))) }],
  ['a longer text', { ...shape, priority: z.string().check(z.maxLength(7)) }],
  ['another pattern', { ...shape, priority: z.string().check(z.regex(/^x$/)) }],
])('%s changes the fingerprint of its field and of no other', async (_, changed) => {
  const before = fieldPrints('tasks');
  const after = await withSchema('tasks', z.object(changed), async () => fieldPrints('tasks'));
  const other = Object.keys(before).filter((field) => before[field] !== after[field]);
  expect(other).toEqual(['priority']);
});

test('a field that is new has a fingerprint, and one that is gone has none', async () => {
  const { priority, ...others } = shape;
  const before = await withSchema('tasks', z.object(others), async () => fieldPrints('tasks'));
  expect(before.priority).toBeUndefined();
  expect(fieldPrints('tasks').priority).toBeDefined();
  expect(priority).toBeDefined();
});
