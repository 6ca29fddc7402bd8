import { slipsToBeginnings } from '$lib/ui/edit-distance';

/** Whether two words are at most `most` slips apart. */
const within = (a: string, b: string, most: number): boolean =>
  Math.abs(a.length - b.length) <= most && (slipsToBeginnings(a, b, most)?.at(b.length) ?? most + 1) <= most;

const digits = (name: string) => name.replace(/\D/g, '');

/** Whether two names are so similar that one may be a typo of the other. Short names and numbers must be equal. */
export function similar(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  return within(a, b, shorter < 5 ? 0 : shorter < 11 ? 1 : 2) && digits(a) === digits(b);
}
