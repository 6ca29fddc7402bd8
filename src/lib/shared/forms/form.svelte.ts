import { untrack } from 'svelte';
import { same } from '$lib/entities/same';
import { StoreError } from '$lib/store/errors';
import type { Problems } from './check';
import { followDraft, forgetDraft, keepDraft, keptDraft } from './kept-draft';
import { readKeptForm, type Begun, type DraftShape, type KeptForm } from './kept-form';

/**
 * The state of an open form. It keeps the typed text on this device until it is saved or discarded, together with the
 * row that the person saw, so that a later save still finds a conflict. The same form in two tabs has one draft: the
 * other tab shows text that is typed here, and becomes empty when it is saved or discarded here. Create it while a
 * component initializes.
 */
export class Form<Draft extends object, Row = never> {
  readonly #key: string;
  #begun: Begun<Draft, Row>;
  #fresh: Begun<Draft, Row>;
  #draft: Draft;
  #problems = $state.raw<Problems>({});
  #failure = $state<string>();
  #resumed = $state(false);
  #saving = $state(false);
  #over = false;
  /** The draft as it is stored, which need not be written again. */
  #kept: Draft | undefined;
  #unplaced = $state.raw<string[]>([]);

  /**
   * @param key names the form and its record; include the user id
   * @param shape the values that each field may hold, since another release may have kept a draft
   */
  constructor(key: string, begun: Begun<Draft, Row>, shape: DraftShape<Draft>) {
    const read = (state: unknown) => readKeptForm(state, begun, shape);
    const kept = read(keptDraft(key));
    const draft = $state(structuredClone(kept?.draft ?? begun.draft));
    this.#key = key;
    this.#fresh = begun;
    this.#begun = kept?.begun ?? begun;
    this.#draft = draft;
    this.#resumed = kept !== undefined;
    this.#kept = kept?.draft;
    this.#unplaced = kept?.unplaced ?? [];
    $effect(() => {
      const typed = $state.snapshot(this.#draft) as Draft;
      if (untrack(() => this.#over) || same(typed, this.#kept)) return;
      const unplaced = untrack(() => this.#unplaced);
      const untouched = same(typed, this.#begun.draft) && unplaced.length === 0;
      // If another tab has a draft in the same form, this form must not delete it.
      if (untouched && this.#kept) forgetDraft(key);
      else if (!untouched)
        keepDraft(key, { begun: this.#begun, draft: typed, unplaced } satisfies KeptForm<Draft, Row>);
      this.#kept = untouched ? undefined : typed;
    });
    $effect(() => followDraft(key, (before, after) => this.#follow(read(before), read(after))));
  }

  /**
   * Another tab has changed, saved or discarded the draft. This form follows, unless a person typed something else
   * here.
   */
  #follow(before?: KeptForm<Draft, Row>, after?: KeptForm<Draft, Row>): void {
    if (this.#saving || this.#over) return;
    if (!same($state.snapshot(this.#draft), before?.draft ?? this.#begun.draft)) return;
    this.#kept = after?.draft;
    if (!after) return this.startAfresh();
    this.#begun = after.begun;
    Object.assign(this.#draft, structuredClone(after.draft));
  }

  /** It is deeply reactive: bind inputs to its fields. */
  get draft(): Draft {
    return this.#draft;
  }
  get problems(): Problems {
    return this.#problems;
  }
  /** The reason why the last save failed. The typed text is still here. */
  get failure(): string | undefined {
    return this.#failure;
  }
  /** The form shows text that was typed before it was closed. */
  get resumed(): boolean {
    return this.#resumed;
  }
  /** Text that an earlier release kept for fields that this form does not have. The person can copy it. */
  get unplaced(): string[] {
    return this.#unplaced;
  }
  get saving(): boolean {
    return this.#saving;
  }

  /** Discards the typed text. The form shows the record as it is. */
  startAfresh(): void {
    this.#begun = this.#fresh;
    Object.assign(this.#draft, structuredClone(this.#fresh.draft));
    this.#problems = {};
    this.#failure = undefined;
    this.#resumed = false;
    this.#unplaced = [];
  }

  /** Empties a form that stays open after a save, for the next record. */
  startAnother(): void {
    this.#over = false;
    this.startAfresh();
  }

  /** The person is done with the form, so no typed text is kept. */
  discard(): void {
    this.#over = true;
    forgetDraft(this.#key);
  }

  /**
   * Checks and saves. It shows problems or the reason for a refusal and keeps the typed text.
   * @returns the result of `save`; `undefined` if nothing was saved
   */
  async submit<Saved>(
    check: (draft: Draft, seen?: Row) => Problems,
    save: (draft: Draft, begun: Begun<Draft, Row>) => Promise<Saved>,
  ): Promise<Saved | undefined> {
    if (this.#saving) return undefined;
    const draft = $state.snapshot(this.#draft) as Draft;
    this.#problems = check(draft, this.#begun.seen);
    if (Object.keys(this.#problems).length > 0) return undefined;
    this.#saving = true;
    this.#failure = undefined;
    try {
      const saved = await save(draft, this.#begun);
      this.discard();
      return saved;
    } catch (cause) {
      if (!(cause instanceof StoreError)) console.error(cause);
      this.#failure =
        cause instanceof StoreError
          ? cause.message
          : 'This could not be saved. What you typed is still here.';
      return undefined;
    } finally {
      this.#saving = false;
    }
  }
}
