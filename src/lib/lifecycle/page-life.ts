/** Work was cut off because the browser put the page away. Report nothing about it until the page returns. */
export class PutAwayError extends Error {
  constructor() {
    super('The browser put this page away.');
    this.name = 'PutAwayError';
  }
}

type Listener = () => void;

/**
 * Follows what the browser does with this page. When a person leaves a page, the browser may keep it whole (in the
 * back/forward cache) and bring it back much later, or never. Until then none of its code runs, so it must hold nothing
 * that others wait for: no transaction, no lock, no request.
 */
class PageLife {
  readonly #onPutAway = new Set<Listener>();
  readonly #onReturn = new Set<Listener>();
  #away = false;
  #departures = 0;

  /** @param target the window; undefined if there is none (in a worker or a test); then nothing is ever put away */
  constructor(target: EventTarget | undefined) {
    // In the capture phase, so that the store lets go before the page's other listeners run.
    target?.addEventListener('pagehide', () => this.#leave(), { capture: true });
    target?.addEventListener('pageshow', () => this.#comeBack(), { capture: true });
  }

  /** The page is put away, or about to be. Start nothing that cannot end within this task. */
  get away(): boolean {
    return this.#away;
  }

  /** How often the page was put away. If the number changed during some work, that work was cut off. */
  get departures(): number {
    return this.#departures;
  }

  /** Nobody can see the page: another tab covers it, the screen is off, or it is put away. */
  get hidden(): boolean {
    return this.#away || globalThis.document?.visibilityState === 'hidden';
  }

  /** Calls `listener`, which must not wait for anything, whenever the page is put away. Returns a function that stops it. */
  onPutAway(listener: Listener): () => void {
    this.#onPutAway.add(listener);
    return () => this.#onPutAway.delete(listener);
  }

  /** Calls `listener` whenever the page comes back. Returns a function that stops it. */
  onReturn(listener: Listener): () => void {
    this.#onReturn.add(listener);
    return () => this.#onReturn.delete(listener);
  }

  /** Resolves when the page is on the screen: at once, or when it comes back. */
  async returned(): Promise<void> {
    if (!this.#away) return;
    await new Promise<void>((resolve) => {
      const stop = this.onReturn(() => {
        stop();
        resolve();
      });
    });
  }

  /**
   * Waits for `work` as long as the page is not put away. The work itself is not stopped.
   * @throws PutAwayError the moment the page is put away; or what the work throws
   */
  async whileHere<T>(work: Promise<T>): Promise<T> {
    let stop: () => void = () => undefined;
    const departure = new Promise<never>((_, reject) => {
      stop = this.onPutAway(() => reject(new PutAwayError()));
    });
    try {
      return await Promise.race([work, departure]);
    } finally {
      stop();
    }
  }

  /**
   * Runs `work`, which stores all or nothing, and runs it again if it failed because the page was put away.
   * @throws what the work throws for another reason
   */
  async untilDone<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      if (this.#away) await this.returned();
      const departures = this.#departures;
      try {
        return await work();
      } catch (cause) {
        if (this.#departures === departures) throw cause;
      }
    }
  }

  #leave(): void {
    this.#away = true;
    this.#departures += 1;
    for (const listener of [...this.#onPutAway]) listener();
  }

  #comeBack(): void {
    if (!this.#away) return;
    this.#away = false;
    for (const listener of [...this.#onReturn]) listener();
  }
}

export const pageLife = new PageLife(globalThis.window);
