import type { Stage } from '$lib/entities/deal';

/** A stage's color along the pipeline; the stage's label always stands beside it. */
export const stageColour: Record<Stage, string> = {
  new_lead: 'var(--color-stage-1)',
  initial_outreach: 'var(--color-stage-2)',
  sample_visit_offered: 'var(--color-stage-3)',
  awaiting_response: 'var(--color-stage-4)',
  feedback_logged: 'var(--color-stage-5)',
  demo_scheduled: 'var(--color-stage-6)',
  closed_won: 'var(--color-stage-won)',
  closed_lost: 'var(--color-stage-lost)',
};
