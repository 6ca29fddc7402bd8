import { isOpen, type Stage } from '$lib/entities/deal';

/**
 * What goes with a stage: an open deal has no closing date, and only a lost one has a reason for it.
 * @param closed_at when a closed deal was closed
 */
export const closingOf = (
  stage: Stage,
  closed_at: string,
): { closed_at: string | null; lost_reason?: null } => ({
  closed_at: isOpen(stage) ? null : closed_at,
  ...(stage === 'closed_lost' ? {} : { lost_reason: null }),
});
