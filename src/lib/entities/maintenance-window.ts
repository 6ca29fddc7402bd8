import * as z from 'zod/mini';
import { synced, textOf, timestamp } from './fields';

export const maintenanceWindow = z.object({
  ...synced,
  starts_at: timestamp,
  ends_at: timestamp,
  message: textOf('message'),
  held_by_deploy: z.boolean(),
  closed_at: z.nullable(timestamp),
  cancelled_at: z.nullable(timestamp),
});
export type MaintenanceWindow = z.infer<typeof maintenanceWindow>;
