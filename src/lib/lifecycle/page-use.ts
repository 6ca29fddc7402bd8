/** How long the page counts as in use after the last touch, key or scroll, milliseconds. */
const lasting = 60_000;
const signs = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;

/** Follows whether a person uses this page, so that frequent requests are made only while somebody benefits. */
class PageUse {
  readonly #listeners = new Set<() => void>();
  #last = -Infinity;

  constructor(target: EventTarget | undefined) {
    for (const type of signs)
      target?.addEventListener(type, () => this.#used(), { capture: true, passive: true });
  }

  /** Somebody has touched, typed or scrolled within the last minute. */
  get inUse(): boolean {
    return performance.now() - this.#last < lasting;
  }

  /** Calls `listener` when somebody begins to use the page again. Returns a function that stops it. */
  onUse(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #used(): void {
    const begins = !this.inUse;
    this.#last = performance.now();
    if (begins) for (const listener of [...this.#listeners]) listener();
  }
}

export const pageUse = new PageUse(globalThis.window);
