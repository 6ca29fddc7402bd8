import { timeOfDay } from '$lib/ui/format-date';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Minutes that this device's clock is ahead of UTC at a moment. */
const aheadAt = (time: number) => -new Date(time).getTimezoneOffset();

/**
 * The moments at which this device's clock shows a local time, `YYYY-MM-DDTHH:mm`, the earlier first: usually one, none
 * if the clocks skip it, two if they go back over it. None also if the text is not a local time.
 */
export function momentsAt(local: string): Date[] {
  const asUtc = readAsUtc(local);
  if (asUtc === undefined) return [];
  const offsets = new Set([aheadAt(asUtc - day), aheadAt(asUtc + day)]);
  return [...offsets]
    .map((ahead) => new Date(asUtc - ahead * minute))
    .filter((at) => aheadAt(at.getTime()) * minute === asUtc - at.getTime())
    .sort((a, b) => a.getTime() - b.getTime());
}

/** A local time as milliseconds, as if it were UTC; `undefined` if it is not a local time. */
function readAsUtc(local: string): number | undefined {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(local) ? Date.parse(`${local.slice(0, 16)}Z`) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

/**
 * The start and end of the gap that the clocks skip at the local time, "02:00" and "03:00"; `undefined` if there is no
 * gap.
 */
export function skippedAround(local: string): { from: string; to: string } | undefined {
  const asUtc = readAsUtc(local);
  if (asUtc === undefined || momentsAt(local).length > 0) return undefined;
  let [before, after] = [asUtc - day, asUtc + day];
  const old = aheadAt(before);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (aheadAt(middle) === old) before = middle;
    else after = middle;
  }
  const change = new Date(after);
  const skipped = aheadAt(after) - old;
  return { from: minutesEarlier(change, skipped), to: timeOfDay(change) };
}

/** The clock time of a moment, this many minutes earlier. */
function minutesEarlier(at: Date, minutes: number): string {
  const shown = at.getHours() * 60 + at.getMinutes() - minutes + 24 * 60;
  return [Math.floor(shown / 60) % 24, shown % 60].map((n) => String(n).padStart(2, '0')).join(':');
}

/** The suffix for a local time that occurs twice, like " (the second)"; usually empty. */
export function turnOf(at: Date): string {
  const asUtc = at.getTime() + aheadAt(at.getTime()) * minute;
  const same = momentsAt(new Date(asUtc).toISOString().slice(0, 16));
  if (same.length < 2) return '';
  return at.getTime() < (same[1]?.getTime() ?? 0) ? ' (the first)' : ' (the second)';
}

/** A length in words: "45 min", "1 h 30 min". @param milliseconds not negative */
export function lengthInWords(milliseconds: number): string {
  const minutes = Math.round(milliseconds / minute);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 && `${hours} h`, (rest > 0 || hours === 0) && `${rest} min`].filter(Boolean).join(' ');
}
