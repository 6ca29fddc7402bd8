import { untrack } from 'svelte';
import { same } from '$lib/entities/same';
import { StoreError } from '$lib/store/errors';
import type { Problems } from './check';
import { followDraft, forgetDraft, keepDraft, keptDraft } from './kept-draft';
import { readKeptForm, type Begun, type DraftShape, type KeptForm } from './kept-form';

/**
 * The state of an open form. What was typed is kept on this device until it is saved or discarded, with
 * the row the person saw, so that a conflict is still found when they come back to it. The same form in two tabs is
 * one draft: the other shows what is typed here, and is empty again once it is saved or discarded here.
 * Make it while a component initialises.
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
  /** The draft as this device keeps it, which need not be written again. */
  #kept: Draft | undefined;
  #unplaced = $state.raw<string[]>([]);

  /**
   * @param key names the form and its record; hold the user id in it
   * @param shape what each field may hold, since another release may have kept a draft
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
      // A form that is opened beside another with a draft in it has nothing to forget.
      if (untouched && this.#kept) forgetDraft(key);
      else if (!untouched)
        keepDraft(key, { begun: this.#begun, draft: typed, unplaced } satisfies KeptForm<Draft, Row>);
      this.#kept = untouched ? undefined : typed;
    });
    $effect(() => followDraft(key, (before, after) => this.#follow(read(before), read(after))));
  }

  /** Another tab has typed, saved or discarded: this one goes along, unless something else was typed here. */
  #follow(before?: KeptForm<Draft, Row>, after?: KeptForm<Draft, Row>): void {
    if (this.#saving || this.#over) return;
    if (!same($state.snapshot(this.#draft), before?.draft ?? this.#begun.draft)) return;
    this.#kept = after?.draft;
    if (!after) return this.startAfresh();
    this.#begun = after.begun;
    Object.assign(this.#draft, structuredClone(after.draft));
  }

  /** Deeply reactive: bind inputs to its fields. */
  get draft(): Draft {
    return this.#draft;
  }
  get problems(): Problems {
    return this.#problems;
  }
  /** Why the last save failed; what was typed is still here. */
  get failure(): string | undefined {
    return this.#failure;
  }
  /** What is shown was typed before the form was closed. */
  get resumed(): boolean {
    return this.#resumed;
  }
  /** What an earlier release kept of fields that this form does not have: to be copied by hand. */
  get unplaced(): string[] {
    return this.#unplaced;
  }
  get saving(): boolean {
    return this.#saving;
  }

  /** Forgets what was typed; the form shows the record as it is. */
  startAfresh(): void {
    this.#begun = this.#fresh;
    Object.assign(this.#draft, structuredClone(this.#fresh.draft));
    this.#problems = {};
    this.#failure = undefined;
    this.#resumed = false;
    this.#unplaced = [];
  }

  /** After a save, for forms that stay: empties the form for the next record. */
  startAnother(): void {
    this.#over = false;
    this.startAfresh();
  }

  /** The person is done with the form: nothing typed is kept. */
  discard(): void {
    this.#over = true;
    forgetDraft(this.#key);
  }

  /**
   * Checks and saves. Problems and a refused save are shown, with everything typed still there.
   * @returns what `save` returned; `undefined` where nothing was saved
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
