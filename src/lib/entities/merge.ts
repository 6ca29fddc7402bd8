import { same } from './same';

/**
 * How a field that both sides changed is decided; the server decides by the same rules.
 * `three_way`: a conflict if both differ from the base. `set`: additions and removals merge.
 * `keyed_set`: a set of `{value, label}` keyed by value, a changed label being three-way.
 * `latest`: the last to arrive wins.
 * `mark`: a time at which something was done; if both did it, the earlier time stays, and clearing it needs no more than
 * having seen it set.
 */
export type MergeRule = 'three_way' | 'set' | 'keyed_set' | 'latest' | 'mark';

export interface Merged {
  value: unknown;
  conflict: boolean;
}

/**
 * Merges one field, three-way and by value.
 * @param base what the author saw when editing
 * @param mine what the author wrote
 * @param theirs what the record holds now
 */
export function mergeField(rule: MergeRule, base: unknown, mine: unknown, theirs: unknown): Merged {
  if (rule === 'latest' || same(theirs, base) || same(theirs, mine)) return { value: mine, conflict: false };
  if (rule === 'set') return { value: mergeSet(list(base), list(mine), list(theirs)), conflict: false };
  if (rule === 'keyed_set') return mergeKeyed(list(base), list(mine), list(theirs));
  if (rule === 'mark' && base && !mine) return { value: mine, conflict: false };
  if (rule === 'mark' && !base && mine && theirs) return { value: earlier(mine, theirs), conflict: false };
  return { value: theirs, conflict: true };
}

/** The earlier of two times, as it is written. */
export const earlier = (mine: unknown, theirs: unknown): unknown =>
  Date.parse(String(mine)) < Date.parse(String(theirs)) ? mine : theirs;

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const has = (values: unknown[], value: unknown) => values.some((other) => same(other, value));

function mergeSet(base: unknown[], mine: unknown[], theirs: unknown[]): unknown[] {
  const kept = theirs.filter((value) => has(mine, value) || !has(base, value));
  const added = mine.filter((value) => !has(base, value) && !has(kept, value));
  return [...kept, ...added];
}

interface Keyed {
  value: string;
  label: string | null;
}

const byValue = (entries: unknown[]) => new Map((entries as Keyed[]).map((entry) => [entry.value, entry]));

/** Each entry is three-way, an absent one counting as a value; their order first, then what I added. */
function mergeKeyed(base: unknown[], mine: unknown[], theirs: unknown[]): Merged {
  const [was, my, their] = [byValue(base), byValue(mine), byValue(theirs)];
  let conflict = false;
  const merged: Keyed[] = [];
  for (const value of new Set([...their.keys(), ...my.keys()])) {
    const [base, mine, theirs] = [was, my, their].map((entries) => entries.get(value));
    const entry = same(mine, base) ? { value: theirs } : mergeField('three_way', base, mine, theirs);
    conflict ||= 'conflict' in entry && entry.conflict;
    if (entry.value) merged.push(entry.value as Keyed);
  }
  return { value: merged, conflict };
}
