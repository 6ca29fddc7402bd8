import * as z from 'zod/mini';
import {
  date,
  madeAt,
  priority,
  reference,
  references,
  requiredText,
  rule,
  synced,
  tags,
  text,
  textOf,
  timestamp,
} from './fields';

/** The pipeline, in its order. Any stage can move to any other. */
export const stages = [
  'new_lead',
  'initial_outreach',
  'sample_visit_offered',
  'awaiting_response',
  'feedback_logged',
  'demo_scheduled',
  'closed_won',
  'closed_lost',
] as const;
export type Stage = (typeof stages)[number];

export const stageLabels: Record<Stage, string> = {
  new_lead: 'New lead',
  initial_outreach: 'Initial outreach',
  sample_visit_offered: 'Sample visit offered',
  awaiting_response: 'Awaiting response',
  feedback_logged: 'Feedback logged',
  demo_scheduled: 'Demo scheduled',
  closed_won: 'Closed won',
  closed_lost: 'Closed lost',
};

/** Whether a deal in this stage still needs work. */
export const isOpen = (stage: Stage) => stage !== 'closed_won' && stage !== 'closed_lost';

/** One move through the pipeline, as the server noted it. */
const stageChange = z.object({
  at: timestamp,
  by: reference,
  from: z.enum(stages),
  to: z.enum(stages),
});
export type StageChange = z.infer<typeof stageChange>;

/** The range of `numeric(14, 2)`. */
const fits = rule<number>('14 digits', (amount) => Math.abs(amount) <= 999_999_999_999.99);

export const deal = z.object({
  ...synced,
  made_at: madeAt,
  name: requiredText,
  company_id: reference,
  principal_id: reference,
  contact_ids: references,
  stage: z.enum(stages),
  amount: z.nullable(z.number().check(fits)),
  currency: z.nullable(z.string().check(z.regex(/^[A-Z]{3}$/))),
  expected_close_on: z.nullable(date),
  priority,
  next_action: text,
  next_action_on: z.nullable(date),
  source: text,
  description: textOf('description'),
  owner_id: reference,
  tags,
  position: text,
  closed_at: z.nullable(timestamp),
  lost_reason: text,
  archived_at: z.nullable(timestamp),
  merged_into: reference,
  /** The import that made it; a row of an earlier version of the app has none. */
  import_batch_id: z._default(reference, null),
  /** The server's alone, the oldest first; a row of an earlier version of the app has none. */
  stage_changes: z._default(z.array(stageChange), []),
});
export type Deal = z.infer<typeof deal>;

/** The beginning of the sort keys of a stage's deals. */
export const stagePlace = (stage: Stage): string => `${stages.indexOf(stage)} `;

/** The sort key of a deal: by stage, and within a stage by position, unplaced deals last. */
export const dealPlace = ({ stage, position }: Pick<Deal, 'stage' | 'position'>): string =>
  stagePlace(stage) + (position ?? '\uffff');
