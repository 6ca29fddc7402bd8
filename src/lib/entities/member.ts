import * as z from 'zod/mini';
import { synced, text } from './fields';

export const roles = ['admin', 'manager', 'rep', 'read_only'] as const;
export type Role = (typeof roles)[number];

export const member = z.object({
  ...synced,
  email: z.string(),
  full_name: text,
  role: z.enum(roles),
  active: z.boolean(),
});
export type Member = z.infer<typeof member>;
