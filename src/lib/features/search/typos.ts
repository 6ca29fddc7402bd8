/** The words that can be meant: those of names, not the parts of addresses. */
export function wordsOf(texts: Iterable<string>): Set<string> {
  const words = new Set<string>();
  for (const text of texts)
    for (const part of text.split(/[\s,;:/()"]+/))
      if (part.length > 2 && !words.has(part) && !/[\d@]/.test(part)) words.add(part);
  return words;
}

/** How many slips of the finger a word may hold; a short word none, or everything would be found. */
const slipsIn = (word: string): number =>
  word.length < 4 || word.length > longest ? 0 : word.length < 8 ? 1 : 2;

/**
 * The words that were most likely meant: those of the vocabularies with the fewest slips, at most `most`.
 * A slip is a letter too many, too few, or wrong, or two letters swapped. A word may go on after what was typed.
 */
export function meantBy(word: string, vocabularies: Iterable<string>[], most = 4): string[] {
  const allowed = slipsIn(word);
  if (allowed === 0) return [];
  const found: { word: string; slips: number }[] = [];
  const consider = (candidate: string) => {
    if (candidate.length < word.length - allowed) return;
    // Nearly everybody hits the first or the second letter.
    if (candidate[0] !== word[0] && candidate[1] !== word[1] && candidate[0] !== word[1]) return;
    const slips = slipsBetween(word, candidate, allowed);
    if (slips <= allowed) found.push({ word: candidate, slips });
  };
  for (const vocabulary of vocabularies) for (const candidate of vocabulary) consider(candidate);
  const least = Math.min(...found.map(({ slips }) => slips));
  return found
    .filter(({ slips }) => slips === least)
    .sort((a, b) => a.word.length - b.word.length)
    .slice(0, most)
    .map((each) => each.word);
}

/** The slips between a typed word and the nearest beginning of a candidate; above `allowed` the exact count is open. */
function slipsBetween(typed: string, candidate: string, allowed: number): number {
  const width = Math.min(candidate.length, typed.length + allowed);
  const [older, last, current] = scratch;
  for (let column = 0; column <= width; column++) last[column] = column;
  for (let row = 1; row <= typed.length; row++) {
    let least = (current[0] = row);
    for (let column = 1; column <= width; column++) {
      const equal = typed.charCodeAt(row - 1) === candidate.charCodeAt(column - 1);
      let cost = at(last, column - 1) + (equal ? 0 : 1);
      cost = Math.min(cost, at(last, column) + 1, at(current, column - 1) + 1);
      const swapped =
        row > 1 &&
        column > 1 &&
        typed.charCodeAt(row - 1) === candidate.charCodeAt(column - 2) &&
        typed.charCodeAt(row - 2) === candidate.charCodeAt(column - 1);
      if (swapped) cost = Math.min(cost, at(older, column - 2) + 1);
      current[column] = cost;
      least = Math.min(least, cost);
    }
    if (least > allowed) return least;
    older.set(last);
    last.set(current);
  }
  let least = typed.length;
  for (let column = 0; column <= width; column++) least = Math.min(least, at(last, column));
  return least;
}

// Longer words than this are not compared; the rows of the distance table are made once.
const longest = 40;
const row = () => new Uint8Array(longest + 3);
const scratch = [row(), row(), row()] as const;
const at = (cells: Uint8Array, column: number) => cells[column] ?? 0;
