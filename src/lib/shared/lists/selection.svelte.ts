/* eslint-disable svelte/prefer-svelte-reactivity -- the set is replaced, never changed */
import { lostCode } from '$lib/lifecycle/lost-code';
import { firstPaint } from '$lib/store/first-paint';

type LongPress = typeof import('./long-press').longPress;

/** The selected rows of a list, by id. */
export class Selection {
  #ids = $state.raw<ReadonlySet<string>>(new Set());

  #longPress = $state.raw<LongPress>();

  constructor() {
    void firstPaint()
      .then(() => lostCode.untilLoaded(() => import('./long-press')))
      .then((module) => (this.#longPress = module.longPress));
  }

  /** Makes a row selectable by a long press. It is loaded after the first paint. */
  get longPress(): LongPress | undefined {
    return this.#longPress;
  }
  get size(): number {
    return this.#ids.size;
  }
  has = (id: string): boolean => this.#ids.has(id);

  toggle(id: string): void {
    const ids = new Set(this.#ids);
    if (!ids.delete(id)) ids.add(id);
    this.#ids = ids;
  }
  /** Selects exactly these rows. */
  set(ids: Iterable<string>): void {
    this.#ids = new Set(ids);
  }
}
