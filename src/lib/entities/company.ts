import * as z from 'zod/mini';
import { priority, reference, synced, tags, text } from './fields';

export const company = z.object({
  ...synced,
  name: z.string(),
  segment: text,
  priority,
  phone: text,
  website: text,
  linkedin_url: text,
  street: text,
  city: text,
  region: text,
  postal_code: text,
  country: text,
  description: text,
  owner_id: reference,
  tags,
  import_batch_id: reference,
  merged_into: reference,
});
export type Company = z.infer<typeof company>;
