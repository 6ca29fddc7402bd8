import { isOpen, type Deal } from '$lib/entities/deal';
import { localDate } from '$lib/ui/format-date';
import { withinDays } from '$lib/shared/lists/sort-rows';

interface Preset {
  id: string;
  label: string;
  test: (deal: Deal, now: Date) => boolean;
}

/** More filters of the deals page, besides owner, principal and stage. */
export const dealPresets: Preset[] = [
  {
    id: 'closing',
    label: 'Closing this month',
    test: ({ stage, expected_close_on }, now) =>
      isOpen(stage) && expected_close_on?.slice(0, 7) === localDate(now).slice(0, 7),
  },
  {
    // The deal is open and has no next action, or one that is due.
    id: 'action',
    label: 'Needs action',
    test: ({ stage, next_action_on }, now) =>
      isOpen(stage) && (next_action_on === null || next_action_on <= localDate(now)),
  },
  {
    id: 'won',
    label: 'Recent wins',
    test: ({ stage, closed_at }, now) =>
      stage === 'closed_won' && withinDays(closed_at ?? undefined, 30, now),
  },
];

/** Returns the filter function of a preset, or `undefined` if the preset is unknown. */
export const presetTest = (id: string | undefined): Preset['test'] | undefined =>
  dealPresets.find((preset) => preset.id === id)?.test;
