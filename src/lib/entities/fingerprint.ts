import type * as z from 'zod/mini';
import { registry, type EntityName } from './registry';

/** A short text for each field of an entity. It changes when the field's schema changes. */
export type FieldPrints = Record<string, string>;

const made = new WeakMap<object, FieldPrints>();

/**
 * The fingerprint of each field of an entity. It follows from the schema alone: types, words, patterns and limits. A new
 * version of zod may change it, and then each device fetches its rows once more.
 */
export function fieldPrints(entity: EntityName): FieldPrints {
  const schema: z.ZodMiniObject = registry[entity].schema;
  const known = made.get(schema);
  if (known) return known;
  const prints = Object.fromEntries(
    Object.entries(schema.shape).map(([field, type]) => [field, hash(description(type))]),
  );
  made.set(schema, prints);
  return prints;
}

/** A schema's definition as text, with those of the schemas and checks in it. Functions have no text that stays. */
const description = (schema: unknown): string =>
  JSON.stringify(schema, (_, value: unknown) => {
    if (value instanceof RegExp) return String(value);
    if (typeof value === 'function') return undefined;
    return isSchema(value) ? value._zod.def : value;
  });

const isSchema = (value: unknown): value is { _zod: { def: unknown } } =>
  typeof value === 'object' && value !== null && '_zod' in value;

/** FNV-1a, 32 bits: two versions of one field are told apart, nothing is protected by it. */
function hash(text: string): string {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return (sum >>> 0).toString(36);
}
