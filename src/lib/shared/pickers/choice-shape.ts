import * as z from 'zod/mini';

/** A company field of a draft, as another release may have kept it. */
export const companyChoiceShape = z.object({ id: z.nullable(z.string()), text: z.string() });
