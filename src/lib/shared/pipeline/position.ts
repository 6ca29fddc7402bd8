import { generateKeyBetween } from 'fractional-indexing';

interface Placed {
  id: string;
  position: string | null;
}

// No zero: a fractional index must not end in one.
const letters = '123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Order within a stage: by position, bytewise as the server compares, ties by id, unplaced deals last. */
export function byPosition(a: Placed, b: Placed): number {
  if (a.position !== b.position) {
    if (a.position === null) return 1;
    if (b.position === null) return -1;
    return a.position < b.position ? -1 : 1;
  }
  return a.id < b.id ? -1 : 1;
}

/**
 * A position that puts a deal before `ordered[index]`; `index` may be the length, for last.
 * Two devices that choose the same place get different positions, so their order never flickers.
 * @param ordered the stage's other deals in their order
 */
export function positionAt(ordered: Placed[], index: number, random: () => number = Math.random): string {
  const before = usable(ordered[index - 1]?.position);
  const after = ordered
    .slice(index)
    .map((deal) => usable(deal.position))
    .find((position) => position !== null && (before === null || position > before));
  return between(before, after ?? null, suffix(random));
}

function between(before: string | null, after: string | null, ending: string): string {
  let key = generateKeyBetween(before, after);
  // If `after` begins with this key, the ending would put it after `after`.
  while (after !== null && key + ending >= after) key = generateKeyBetween(before, key);
  return key + ending;
}

const suffix = (random: () => number) =>
  Array.from({ length: 4 }, () => letters[Math.floor(random() * letters.length)]).join('');

/** The position if it is a fractional index; null if another program wrote it. */
function usable(position: string | null | undefined): string | null {
  if (!position) return null;
  try {
    generateKeyBetween(position, null);
    return position;
  } catch {
    return null;
  }
}
