import { LostFiles } from './lost-files';
import { isReachable } from './reachable';

/** The stable code of a sync that failed because a part of the app could not be loaded. */
export const codeMissing = 'code_missing';

/** If one part fails twice within this many milliseconds, it is more than a blip. */
const together = 120_000;
/** The first and the longest wait before a part is asked for again, milliseconds. */
const waits = { first: 1_000, longest: 60_000 };

/**
 * `unhandled`: a part could not be loaded, and the code that asked for it did not handle the failure.
 * `stuck`: a part has failed again although the server answers. Trying again does not help, because the browser remembers
 * the failure (Firefox does, until the page is reloaded) or a new release has removed the file. A reload helps.
 */
export type Loss = 'unhandled' | 'stuck';

/**
 * Keeps track of the parts of the app that are loaded on demand and could not be. No `import()` has to do anything for
 * this, because Vite reports each one that fails.
 */
export class LostCode {
  readonly #causes = new WeakSet<object>();
  readonly #losses = new Map<string, { times: number; at: number }>();
  readonly #listeners = new Set<(loss: Loss) => void>();
  readonly #files: LostFiles;
  #isMending = false;

  /** @param target the window; undefined in a worker or a test, where nothing is reported */
  constructor(
    target: EventTarget | undefined,
    private readonly reachable: () => Promise<boolean> = isReachable,
    files = new LostFiles(target),
  ) {
    this.#files = files;
    target?.addEventListener('vite:preloadError', (event) =>
      this.#note((event as VitePreloadErrorEvent).payload),
    );
    target?.addEventListener('unhandledrejection', (event) => {
      if (this.is((event as PromiseRejectionEvent).reason)) this.#tell('unhandled');
    });
  }

  /** Whether a failure is a part of the app that could not be loaded. Do not show its message: it names a file. */
  is(cause: unknown): boolean {
    return typeof cause === 'object' && cause !== null && this.#causes.has(cause);
  }

  /** Calls `listener` for losses that the person has to know about. Returns a function that stops it. */
  onLoss(listener: (loss: Loss) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Loads a part that nobody waits for, and keeps trying: after a while, and as soon as there is a network again.
   * @throws what the part itself throws
   */
  async untilLoaded<T>(load: () => Promise<T>): Promise<T> {
    for (let wait = waits.first; ; wait = Math.min(waits.longest, wait * 2)) {
      try {
        return await load();
      } catch (cause) {
        if (!this.is(cause)) throw cause;
        await nextChance(wait);
      }
    }
  }

  /**
   * Reloads the page if the server can be reached. Without a network, and before the app is stored on the device, a
   * reload would lose the page altogether.
   * @returns false if the server cannot be reached now
   */
  async reloadIfReachable(): Promise<boolean> {
    if (!(await this.reachable())) return false;
    await this.#files.mend();
    location.reload();
    return true;
  }

  async #note(cause: Error): Promise<void> {
    this.#causes.add(cause);
    const { message } = cause;
    const before = this.#losses.get(message);
    const times = before && performance.now() - before.at < together ? before.times + 1 : 1;
    this.#losses.set(message, { times, at: performance.now() });
    const mended = await this.#files.mend();
    if (times > 1 && !mended && (await this.reachable())) this.#tell('stuck');
    else if (!mended) void this.#mendLater();
  }

  /** Fetches lost files as soon as the network is back, so that the next try works at once. */
  async #mendLater(): Promise<void> {
    if (this.#isMending) return;
    this.#isMending = true;
    for (let wait = waits.first; ; wait = Math.min(waits.longest, wait * 2)) {
      await nextChance(wait);
      if ((await this.#files.mend()) || (await this.reachable())) break;
    }
    this.#isMending = false;
  }

  #tell(loss: Loss): void {
    for (const listener of [...this.#listeners]) listener(loss);
  }
}

function nextChance(wait: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener('online', go);
      resolve();
    };
    const timer = setTimeout(go, wait);
    addEventListener('online', go);
  });
}

export const lostCode = new LostCode(globalThis.window);
