import type { MaintenanceWindow } from '$lib/entities/maintenance-window';
import { dayProblem, withCentury } from '$lib/ui/day';
import { momentsAt, skippedAround } from './wall-clock';

/** The choice between two equal times when the clocks go back; an empty string until somebody has chosen. */
export type Turn = '' | 'first' | 'second';

/** The content of the form. Times are local, as `YYYY-MM-DDTHH:mm`. */
export interface WindowDraft {
  starts: string;
  startsTurn: Turn;
  ends: string;
  endsTurn: Turn;
  message: string;
}

export type WindowProblems = Partial<Record<'starts' | 'ends', string>>;

/** Whether this local time occurs twice, so that the form has to ask which is meant. */
export const isTwice = (local: string): boolean => momentsAt(withCentury(local)).length > 1;

/** The moment of a local time and a choice, or a sentence if there is none. */
function momentOf(local: string, turn: Turn): Date | string {
  const meant = withCentury(local);
  const impossible = dayProblem(meant);
  if (impossible) return impossible;
  const moments = momentsAt(meant);
  const skipped = skippedAround(meant);
  if (skipped)
    return `The clocks go forward that day: the time from ${skipped.from} to ${skipped.to} does not exist. Choose another time.`;
  if (moments.length > 1 && !turn)
    return 'The clocks go back that day, so this time occurs twice. Choose which one you mean.';
  return (turn === 'second' ? moments.at(-1) : moments[0]) ?? 'Enter a date and a time.';
}

/** The moments of a window; `undefined` if a time is not chosen or does not exist. */
export function windowMoments(draft: WindowDraft): { from: Date | undefined; to: Date | undefined } {
  const known = (moment: Date | string) => (typeof moment === 'string' ? undefined : moment);
  return {
    from: known(momentOf(draft.starts, draft.startsTurn)),
    to: known(momentOf(draft.ends, draft.endsTurn)),
  };
}

/** The problems that prevent scheduling a window. */
export function checkWindow(draft: WindowDraft, now: Date): WindowProblems {
  if (!draft.starts) return { starts: 'Choose a start time.' };
  const from = momentOf(draft.starts, draft.startsTurn);
  if (typeof from === 'string') return { starts: from };
  if (!draft.ends) return { ends: 'Choose an end time.' };
  const to = momentOf(draft.ends, draft.endsTurn);
  if (typeof to === 'string') return { ends: to };
  if (to <= from) return { ends: 'The end must be after the start.' };
  return to <= now ? { ends: 'The end must be in the future.' } : {};
}

/**
 * The draft in its stored form, with moments instead of local times.
 * @throws TypeError if `checkWindow` refuses the draft
 */
export function windowValues(draft: WindowDraft): Partial<MaintenanceWindow> {
  const { from, to } = windowMoments(draft);
  if (!from || !to) throw new TypeError('The window has no start or no end.');
  return {
    starts_at: from.toISOString(),
    ends_at: to.toISOString(),
    message: draft.message.trim() || null,
  };
}
