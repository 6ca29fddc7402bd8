import * as z from 'zod/mini';
import { link, madeAt, priority, reference, requiredText, synced, tags, text, textOf } from './fields';

export const company = z.object({
  ...synced,
  made_at: madeAt,
  name: requiredText,
  segment: text,
  priority,
  phone: text,
  website: link,
  linkedin_url: link,
  street: text,
  city: text,
  region: text,
  postal_code: text,
  country: text,
  description: textOf('description'),
  owner_id: reference,
  tags,
  import_batch_id: reference,
  merged_into: reference,
});
export type Company = z.infer<typeof company>;
