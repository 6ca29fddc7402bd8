/** Admits one holder at a time, in the order of the requests. */
export class Mutex {
  #tail: Promise<void> = Promise.resolve();

  /** Resolves when every earlier holder has released. Call the result once, in a `finally`. */
  async lock(): Promise<() => void> {
    const earlier = this.#tail;
    let release = () => {};
    this.#tail = new Promise((resolve) => (release = resolve));
    await earlier;
    return release;
  }

  /** Runs `job` as the only holder and passes on its result or error. */
  async run<T>(job: () => Promise<T>): Promise<T> {
    const release = await this.lock();
    try {
      return await job();
    } finally {
      release();
    }
  }
}
