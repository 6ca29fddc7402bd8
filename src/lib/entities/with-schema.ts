import type * as z from 'zod/mini';
import { registry, type EntityName } from './registry';

/** Runs `job` as another release of the app would, in which an entity has another schema. For tests. */
export async function withSchema<T>(
  entity: EntityName,
  schema: z.ZodMiniObject,
  job: () => Promise<T>,
): Promise<T> {
  const definition = registry[entity] as { schema: z.ZodMiniObject };
  const own = definition.schema;
  definition.schema = schema;
  try {
    return await job();
  } finally {
    definition.schema = own;
  }
}
