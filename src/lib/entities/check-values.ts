import type * as z from 'zod/mini';
import { firstYear, lastYear } from '$lib/years';
import { isCurrency } from './currencies';
import { registry, type EntityName } from './registry';

/**
 * A sentence for the person if a date lies outside the years 1900 to 2199 or does not exist, or a currency does not;
 * undefined if all is well. The server would refuse such a value, long after it was typed.
 */
export function checkValues(entity: EntityName, values: Record<string, unknown>): string | undefined {
  const shape = registry[entity].schema.shape as Record<string, z.ZodMiniType>;
  for (const [field, value] of Object.entries(values)) {
    // The schema reads any three letters: a list of all currencies would delay the first screen.
    if (field === 'currency' && value !== null && !isCurrency(String(value)))
      return 'This is not a currency code. Use one like USD or EUR. Nothing was changed.';
    if (/_(on|at)$/.test(field) && shape[field]?.safeParse(value).success === false)
      return `This date does not exist, or its year is not between ${firstYear} and ${lastYear}. Nothing was changed.`;
  }
  return undefined;
}
