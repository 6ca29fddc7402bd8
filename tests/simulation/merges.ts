import type { World } from './world';

/** A merge that someone made: the record that stays, and those that became part of it. */
export interface Union {
  userId: string;
  into: string;
  from: string[];
}

export const unionsOf = ({ ledger }: World): Union[] =>
  [...ledger.mutations.values()]
    .filter(({ op }) => op === 'merge')
    .map(({ userId, id, patch }) => ({ userId, into: id, from: patch.from as string[] }));

/** The records where a value written to `id` may be: itself, the records it became part of, and those it absorbed. */
export function mergedIdsOf(unions: Union[], id: string): Set<string> {
  const known = new Set([id]);
  for (let size = 0; size < known.size;) {
    size = known.size;
    for (const { into, from } of unions)
      if ([into, ...from].some((one) => known.has(one))) for (const one of [into, ...from]) known.add(one);
  }
  return known;
}
