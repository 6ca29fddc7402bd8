import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { Remote } from '$lib/remote/remote';
import { openStore, type Store } from '$lib/store/store';
import { runCycle, type Outcome } from '$lib/sync/cycle';
import type { Random } from './random';

/** One tablet: its own disk, its own clock, somebody's account. */
export class Device {
  readonly #disk = { indexedDB: new IDBFactory(), IDBKeyRange };
  readonly #random: Random;
  readonly #time: () => number;
  readonly #remote: Remote;
  /** How far this tablet's clock is off, milliseconds. */
  readonly skew: number;
  #store: Store | undefined;
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
    const disk = this.#store.db.backendDB();
    const begin = disk.transaction.bind(disk);
    disk.transaction = (stores, mode, options) => {
      if (mode === 'readwrite' && (this.#crashIn -= 1) < 0) throw new PowerCut();
      return begin(stores, mode, options);
    };
  }

  /** The browser is killed and started again: memory is gone, the disk is as it was. */
  async restart(): Promise<void> {
    this.#crashIn = Infinity;
    this.#store?.db.close();
    await this.switchOn();
  }

  /** The power goes before the `writes`-th next write transaction, wherever that is. */
  cutPowerAfter(writes: number): void {
    this.#crashIn = writes;
  }

  /** One sync cycle; a power cut on the way restarts the tablet. */
  async sync(): Promise<Outcome> {
    try {
      return await runCycle(this.store, this.#remote);
    } catch (cause) {
      if (!isPowerCut(cause)) throw cause;
      await this.restart();
      return { failure: { ok: false, kind: 'unreachable', code: 'power_cut', message: '' } };
    }
  }

  switchOff(): void {
    this.#store?.db.close();
    this.#store = undefined;
  }
}

class PowerCut extends Error {
  constructor() {
    super('power cut');
    this.name = 'PowerCut';
  }
}

function isPowerCut(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  return (
    cause.name === 'PowerCut' ||
    /power cut/.test(cause.message) ||
    isPowerCut((cause as { inner?: unknown }).inner)
  );
}
