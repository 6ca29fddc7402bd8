import { fold } from '$lib/text/fold';
import { looksLikePhone, phoneDigits, wantedDigits } from '$lib/ui/phone-digits';

/** The text that finds a row. */
export interface Haystack {
  /** Folded words. */
  text: string;
  /** The digits of its phone numbers, a line break before and after each number. */
  digits: string;
}

/** Builds the haystack of a row. Empty parts are left out. */
export function haystack(texts: (string | null)[], phones: (string | null)[] = []): Haystack {
  // 1-800-FLOWERS is found by its letters.
  const words = phones.filter((phone) => phone && /\p{L}/u.test(phone));
  return {
    text: fold([...texts, ...words].filter(Boolean).join('\n')),
    digits: phones.map((phone) => (phone ? phoneDigits(phone) : '')).join(''),
  };
}

/** Finds the rows of a list that match typed text. It makes each row's haystack once, not for every key. */
export class Finder<Row extends object> {
  readonly #kept = new WeakMap<Row, Haystack>();
  #last: { rows: Row[]; typed: string; found: Row[] } | undefined;

  constructor(private readonly make: (row: Row) => Haystack) {}

  /** The rows that a typed filter finds, in their order. */
  find(rows: Row[], typed: string): Row[] {
    const last = this.#last;
    // A longer text finds some of the rows before, but one more digit may find others.
    const isNarrower =
      last?.rows === rows &&
      !looksLikePhone(last.typed) &&
      !/\d/.test(last.typed) &&
      fold(typed).startsWith(fold(last.typed));
    const matches = matcher(typed);
    const found = (isNarrower ? last.found : rows).filter((row) => matches(this.#of(row)));
    this.#last = { rows, typed, found };
    return found;
  }

  /** Makes the haystacks in short steps, so that the first key need not wait for tens of thousands of them. */
  warm(rows: Row[], from = 0): void {
    let next = from;
    for (const end = performance.now() + 5; next < rows.length && performance.now() < end; next++)
      this.#of(rows[next] as Row);
    if (next < rows.length) setTimeout(() => this.warm(rows, next));
  }

  #of(row: Row): Haystack {
    const made = this.#kept.get(row) ?? this.make(row);
    this.#kept.set(row, made);
    return made;
  }
}

/**
 * The test for typed text: every word must occur, in any order. Text that looks like a phone number also finds the
 * numbers that contain its digits.
 */
export function matcher(filter: string): (row: Haystack) => boolean {
  const words = fold(filter).split(/\s+/).filter(Boolean);
  const inText = (row: Haystack) => words.every((word) => row.text.includes(word));
  const digits = wantedDigits(filter);
  if (digits.length === 0) return inText;
  return (row) => digits.some((part) => row.digits.includes(part)) || inText(row);
}
