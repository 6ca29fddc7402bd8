import { fold } from '$lib/ui/fold';

/** What a row is found by: folded words, and the digits of its phone numbers. */
export interface Haystack {
  text: string;
  digits: string;
}

/** Builds the haystack of a row; empty parts are left out. */
export function haystack(texts: (string | null)[], phones: (string | null)[] = []): Haystack {
  return {
    text: fold(texts.filter(Boolean).join('\n')),
    digits: phones.map((phone) => (phone ?? '').replace(/\D/g, '')).join('\n'),
  };
}

/** The same haystacks, each made once for its row: typing must not build them anew with every key. */
export function keptHaystack<Row extends object>(make: (row: Row) => Haystack): (row: Row) => Haystack {
  const kept = new WeakMap<Row, Haystack>();
  return (row) => {
    const made = kept.get(row) ?? make(row);
    kept.set(row, made);
    return made;
  };
}

const phoneShape = /^[\d\s()+./-]*$/;

/**
 * The test that a typed filter stands for: every word must occur, in any order. What looks like a phone
 * number is compared by its digits, without the trunk zero, so that 044 finds +41 44.
 */
export function matcher(filter: string): (row: Haystack) => boolean {
  const words = fold(filter).split(/\s+/).filter(Boolean);
  const inText = (row: Haystack) => words.every((word) => row.text.includes(word));
  const digits = phoneShape.test(filter) ? filter.replace(/\D/g, '').replace(/^0+/, '') : '';
  return digits.length < 2 ? inText : (row) => row.digits.includes(digits) || inText(row);
}

/** What a list is narrowed to. */
export interface ListFilter {
  text: string;
  /** Only the records this member owns. */
  owner?: string | undefined;
  tag?: string | undefined;
  /** One of the list's presets. */
  preset?: string | undefined;
  /** One of the list's sort orders; by name without one. */
  sort?: string | undefined;
}

export const emptyFilter: ListFilter = { text: '' };
