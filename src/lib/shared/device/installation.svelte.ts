/** Whether the app opens without a network: it is stored, is being stored, has failed to be stored, or cannot be. */
export type OfflineUse = 'ready' | 'installing' | 'interrupted' | 'unsupported';

/** Milliseconds before a failed installation is retried. They double after each failure, up to the longest. */
const waits = { first: 5_000, longest: 300_000 };

/**
 * Stores the app on this device, and retries until it works. If an installation was interrupted, or got files of two
 * releases, it retries after a while, when the network is back, and when the page is shown again. It does not fetch
 * stored files again. It does the same for each later release.
 */
export class Installation {
  #use = $state<OfflineUse>(navigator.serviceWorker?.controller ? 'ready' : 'installing');
  #updateReady = $state(false);
  #registration: ServiceWorkerRegistration | undefined;
  readonly #followed = new WeakSet<ServiceWorker>();
  #failures = 0;
  #isDue = false;
  #running = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param register asks the browser to store the app; called again after each failure, until the app is stored once */
  constructor(private readonly register: () => Promise<ServiceWorkerRegistration>) {}

  get use(): OfflineUse {
    return this.#use;
  }
  /** A newer release is stored and waits until it may take over. */
  get updateReady(): boolean {
    return this.#updateReady;
  }
  get registration(): ServiceWorkerRegistration | undefined {
    return this.#registration;
  }

  /**
   * Begins, and continues as long as the page is open. Call it once.
   * @returns when the browser has accepted or refused the first try
   */
  begin(): Promise<void> {
    const now = () => void (this.#isDue && this.#try());
    addEventListener('online', now);
    document.addEventListener('visibilitychange', now);
    return this.#try();
  }

  async #try(): Promise<void> {
    clearTimeout(this.#timer);
    this.#isDue = true;
    if (this.#running || document.visibilityState === 'hidden') return;
    this.#isDue = false;
    this.#running = true;
    try {
      await this.#install();
    } catch {
      this.#failed();
    } finally {
      this.#running = false;
    }
  }

  /** Starts the installation, which the browser then continues by itself; `#follow` watches it. */
  async #install(): Promise<void> {
    if (this.#use !== 'ready') this.#use = 'installing';
    const known = this.#registration;
    if (known?.active) return void (await known.update());
    const registration = await this.register();
    if (registration.active) this.#stored(registration.waiting);
    if (registration === known) return;
    this.#follow(registration.installing);
    this.#registration = registration;
    registration.addEventListener('updatefound', () => this.#follow(registration.installing));
  }

  #follow(worker: ServiceWorker | null): void {
    if (!worker || this.#followed.has(worker)) return;
    this.#followed.add(worker);
    let before = worker.state;
    worker.addEventListener('statechange', () => {
      if (worker.state === 'redundant' && before === 'installing') this.#failed();
      else if (worker.state === 'installed') this.#stored(this.#registration?.active);
      before = worker.state;
    });
  }

  /** @param second the other worker, if one is active and one waits */
  #stored(second: ServiceWorker | null | undefined): void {
    this.#use = 'ready';
    if (second) this.#updateReady = true;
    this.#failures = 0;
    this.#isDue = false;
    clearTimeout(this.#timer);
  }

  #failed(): void {
    if (this.#use !== 'ready') this.#use = 'interrupted';
    this.#isDue = true;
    const wait = Math.min(waits.longest, waits.first * 2 ** this.#failures);
    this.#failures += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#try(), wait);
  }
}
