import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { Failure } from '$lib/remote/reply';
import type { Remote } from '$lib/remote/remote';
import { asStoreError, StoreError } from '$lib/store/errors';
import { openStore, type Store } from '$lib/store/store';
import { runCycle, type Outcome } from '$lib/sync/cycle';
import { Connection } from '$lib/sync/request-size';
import { beforeTransaction } from './faults';
import type { Random } from './random';

/** One tablet with its own disk, its own clock, and one person's account. */
export class Device {
  #disk = { indexedDB: new IDBFactory(), IDBKeyRange };
  readonly #random: Random;
  readonly #time: () => number;
  readonly #remote: Remote;
  /** The error of this tablet's clock, in milliseconds. */
  skew: number;
  /** The account was deactivated at its last request; nobody uses it until a sync succeeds. */
  lockedOut = false;
  /** The protocol of the app on this tablet. */
  protocol = 1;
  #store: Store | undefined;
  #connection = new Connection();
  #crashIn = Infinity;

  constructor(
    readonly name: string,
    readonly userId: string,
    options: { random: Random; time: () => number; skew: number; remote: Remote },
  ) {
    this.#random = options.random;
    this.#time = options.time;
    this.#remote = options.remote;
    this.skew = options.skew;
  }

  get store(): Store {
    if (!this.#store) throw new Error(`${this.name} is switched off.`);
    return this.#store;
  }

  async switchOn(): Promise<void> {
    this.#store = await openStore(this.userId, {
      clock: () => new Date(this.#time() + this.skew),
      newId: () => this.#random.uuid(this.#time()),
      storage: this.#disk,
    });
    beforeTransaction(this.#store.db.backendDB(), (mode) => {
      if (mode === 'readwrite' && (this.#crashIn -= 1) < 0) throw new PowerCut();
    });
  }

  /** The browser is killed and restarted: memory is gone, the disk stays. */
  async restart(): Promise<void> {
    this.#crashIn = Infinity;
    this.#store?.db.close();
    await this.switchOn();
  }

  /** Does what the session does when the server says `deactivated`: removes all data of this person from the tablet. */
  async wipe(): Promise<void> {
    this.#store?.db.close();
    this.#disk = { indexedDB: new IDBFactory(), IDBKeyRange };
    this.lockedOut = true;
    await this.restart();
  }

  /** Cuts the power before the `writes`-th next write transaction, wherever that is. */
  cutPowerAfter(writes: number): void {
    this.#crashIn = writes;
  }

  /**
   * Runs one sync cycle; a power cut during it restarts the tablet.
   *
   * @param tabs how many cycles run at once, as when a tab froze in the middle of its own
   */
  async sync(tabs = 1): Promise<Outcome> {
    const { store } = this;
    const cycles = Array.from({ length: tabs }, () => runCycle(store, this.#remote, this.#connection));
    const ends = await Promise.allSettled(cycles);
    const broken = ends.filter((end) => end.status === 'rejected').map((end) => end.reason as unknown);
    const strange = broken.find((cause) => !isPowerCut(cause) && !isDiskFull(cause));
    if (strange) throw strange;
    if (broken.some(isPowerCut)) {
      await this.restart();
      return { failure: powerCut };
    }
    // The engine reports it, and tries again later.
    if (broken.length > 0) return { failure: diskFull };
    const outcomes = ends.filter((end) => end.status === 'fulfilled').map((end) => end.value);
    const failure = outcomes.find((outcome) => outcome.failure)?.failure;
    if (!failure) this.lockedOut = false;
    return { failure };
  }

  switchOff(): void {
    this.#store?.db.close();
    this.#store = undefined;
  }
}

const powerCut: Failure = { ok: false, kind: 'unreachable', code: 'power_cut', message: '' };

const diskFull: Failure = { ok: false, kind: 'unreachable', code: 'device_QuotaExceededError', message: '' };

/** Whether the disk was full, however Dexie has wrapped the error. */
export const isDiskFull = (cause: unknown): boolean => {
  const told = asStoreError(cause);
  return told instanceof StoreError && told.code === 'storage_full';
};

class PowerCut extends Error {
  constructor() {
    super('power cut');
    this.name = 'PowerCut';
  }
}

/** Whether the power cut caused the error, however Dexie has wrapped it. */
export function isPowerCut(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  return (
    cause.name === 'PowerCut' ||
    /power cut/.test(cause.message) ||
    isPowerCut((cause as { inner?: unknown }).inner)
  );
}
