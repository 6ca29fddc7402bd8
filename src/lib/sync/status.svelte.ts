import { codeMissing } from '$lib/lifecycle/lost-code';
import type { Failure } from '$lib/remote/reply';
import { statusWords, type Tone } from './status-text';

interface Counts {
  pending: number;
  events: number;
  conflicts: number;
}

/** The facts about syncing that every page may show. Only the sync engine writes them. */
class SyncStatus {
  #counts = $state.raw<Counts>({ pending: 0, events: 0, conflicts: 0 });
  #running = $state(false);
  #pulled = $state(false);
  #failure = $state.raw<Failure | null>(null);
  #lastSyncedAt = $state.raw<Date | null>(null);
  #lastTriedAt = $state.raw<Date | null>(null);
  #firstSync = $state.raw<{ rows: number } | null>(null);
  #words = $derived(
    statusWords({
      ...this.#counts,
      running: this.#running,
      failed: this.#failure?.kind ?? null,
      pulled: this.#pulled,
    }),
  );

  /** The words of the `Sync status` element. */
  get text(): string {
    return this.#words.text;
  }
  get tone(): Tone {
    return this.#words.tone;
  }
  /** A cycle is under way. */
  get running(): boolean {
    return this.#running;
  }
  /** Mutations that the server has not answered. */
  get pending(): number {
    return this.#counts.pending;
  }
  get conflicts(): number {
    return this.#counts.conflicts;
  }
  /** Why the newest cycle failed. */
  get failure(): Failure | null {
    return this.#failure;
  }
  /** The newest cycle failed because a part of the app could not be loaded. */
  get lacksCode(): boolean {
    return this.#failure?.code === codeMissing;
  }
  get lastSyncedAt(): Date | null {
    return this.#lastSyncedAt;
  }
  get lastTriedAt(): Date | null {
    return this.#lastTriedAt;
  }
  /** Rows stored so far until the first pull is through, however often it is broken off; null from then on. */
  get firstSync(): { rows: number } | null {
    return this.#firstSync;
  }

  counted(counts: Counts): void {
    this.#counts = counts;
  }
  /** @param rows how many are already stored, if the first pull was cut off */
  opened(lastPulledAt: Date | null, rows: number): void {
    this.#lastSyncedAt = lastPulledAt;
    this.#firstSync = lastPulledAt ? null : { rows };
    this.#pulled = false;
    this.#failure = null;
  }
  /** This many more rows from the server are stored. */
  stored(rows: number): void {
    if (this.#firstSync) this.#firstSync = { rows: this.#firstSync.rows + rows };
  }
  /** The reason for the last failure is gone: the server has answered, or the page came back. */
  heard(): void {
    this.#failure = null;
  }
  started(): void {
    this.#running = true;
  }
  ended(failure: Failure | undefined, at: Date): void {
    this.#running = false;
    this.#lastTriedAt = at;
    this.#failure = failure ?? null;
    if (failure) return;
    this.#pulled = true;
    this.#lastSyncedAt = at;
    this.#firstSync = null;
  }
}

export const syncStatus = new SyncStatus();
