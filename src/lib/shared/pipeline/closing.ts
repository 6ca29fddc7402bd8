import { isOpen, type Stage } from '$lib/entities/deal';

/**
 * The fields that depend on the stage: an open deal has no closing date, and only a lost deal has a reason.
 * @param closed_at the closing time of a closed deal
 */
export const closingOf = (
  stage: Stage,
  closed_at: string,
): { closed_at: string | null; lost_reason?: null } => ({
  closed_at: isOpen(stage) ? null : closed_at,
  ...(stage === 'closed_lost' ? {} : { lost_reason: null }),
});
