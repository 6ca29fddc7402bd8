import type { Entry } from './entry';
import { wantedBy, type Wanted } from './find';
import { groups, type SearchGroup, type SearchHit } from './hit';
import { byRank, Segment } from './segment';
import { meantBy, wordsOf, type Vocabulary } from './typos';

/**
 * All searchable records. Most are in large segments that never change. Changed records are in small segments beside
 * them, so a save costs the same at any size.
 */
export class SearchIndex {
  #base = new Map<SearchGroup, Segment>();
  #baseIds = new Set<string>();
  /** Records that are new or changed since the base was made; null if they were deleted. */
  #recent = new Map<string, Entry | null>();
  #recentSegments: Map<SearchGroup, Segment> | undefined;
  #vocabulary: Vocabulary | undefined;
  #recentWords: Vocabulary | undefined;
  /** The meanings of each word typed so far: the word itself, or similar words if it does not occur. */
  readonly #slips = new Map<string, string[]>();

  constructor(entries: Entry[] = []) {
    this.#rebuild(entries);
  }

  /** Adds or updates records. */
  put(entries: Entry[]): void {
    for (const entry of entries) this.#recent.set(entry.hit.id, entry);
    this.#changed();
  }

  /** Removes records. */
  remove(ids: string[]): void {
    for (const id of ids)
      if (this.#baseIds.has(id)) this.#recent.set(id, null);
      else this.#recent.delete(id);
    this.#changed();
  }

  /**
   * The hits of a text, at most `most` of each group, in the order of the groups. If there are none, it allows typos.
   */
  find(typed: string, most = 6): SearchHit[] {
    const wanted = wantedBy(typed);
    if (wanted.words.length === 0) return [];
    const hits = this.#find(wanted, most);
    if (hits.length > 0) return hits;
    const meant = this.#meant(wanted);
    return meant ? this.#find(meant, most) : [];
  }

  /** Prepares the data that the first typo would otherwise wait for. */
  warm(): void {
    this.#baseWords();
  }

  #find(wanted: Wanted, most: number): SearchHit[] {
    const recent = this.#recentPart();
    return groups.flatMap((group) =>
      [
        ...(this.#base.get(group)?.find(wanted, most, this.#isInBase) ?? []),
        ...(recent.get(group)?.find(wanted, most, () => true) ?? []),
      ]
        .sort(byRank)
        .slice(0, most)
        .map(({ hit }) => hit),
    );
  }

  /** The words that were most likely meant; undefined if a word is not similar to any. */
  #meant(wanted: Wanted): Wanted | undefined {
    const words = wanted.words.map(([word = '']) => {
      const known = this.#slips.get(word) ?? this.#formsOf(word);
      this.#slips.set(word, known);
      return known;
    });
    return words.every((forms) => forms.length > 0) ? { ...wanted, words, digits: [] } : undefined;
  }

  #formsOf(word: string): string[] {
    if (this.#holds(word)) return [word];
    const recentWords = (this.#recentWords ??= wordsOf(textsOf(this.#recentPart())));
    // The base still has words of records that have changed since.
    return meantBy(word, [this.#baseWords(), recentWords], (candidate) => this.#holds(candidate, true));
  }

  #holds(word: string, whole = false): boolean {
    return (
      [...this.#base.values()].some((segment) => segment.holds(word, this.#isInBase, whole)) ||
      [...this.#recentPart().values()].some((segment) => segment.holds(word, () => true, whole))
    );
  }

  readonly #isInBase = ({ id }: SearchHit): boolean => !this.#recent.has(id);

  #baseWords(): Vocabulary {
    return (this.#vocabulary ??= wordsOf(textsOf(this.#base)));
  }

  #recentPart(): Map<SearchGroup, Segment> {
    return (this.#recentSegments ??= segmentsOf(
      [...this.#recent.values()].filter((entry) => entry !== null),
    ));
  }

  #changed(): void {
    this.#recentSegments = undefined;
    this.#recentWords = undefined;
    this.#slips.clear();
    if (this.#recent.size <= Math.max(1_000, this.#baseIds.size / 8)) return;
    const kept = [...this.#base.values()]
      .flatMap((segment) => segment.entries())
      .filter(({ hit }) => !this.#recent.has(hit.id));
    this.#rebuild([...kept, ...[...this.#recent.values()].filter((entry) => entry !== null)]);
  }

  #rebuild(entries: Entry[]): void {
    this.#base = segmentsOf(entries);
    this.#baseIds = new Set(entries.map(({ hit }) => hit.id));
    this.#recent = new Map();
    this.#recentSegments = undefined;
    this.#recentWords = undefined;
    this.#vocabulary = undefined;
    this.#slips.clear();
  }
}

const segmentsOf = (entries: Entry[]) =>
  new Map(groups.map((group) => [group, new Segment(entries.filter(({ hit }) => hit.group === group))]));

const textsOf = (segments: Map<SearchGroup, Segment>) =>
  [...segments.values()].flatMap((segment) => segment.entries().map(({ found }) => found.text));
