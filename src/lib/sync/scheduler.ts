import { pageLife } from '$lib/lifecycle/page-life';
import { pageUse } from '$lib/lifecycle/page-use';
import type { Failure } from '$lib/remote/reply';
import { backoff } from './backoff';
import type { Outcome } from './cycle';

/** Between two looks for news while somebody uses the page: what a colleague does is here within ten seconds. */
const inUse = 8_000;
/** The same while the page is on the screen and nobody touches it. */
const idle = 60_000;
/** A cycle that failed sooner had nobody to talk to, milliseconds. */
const underWay = 3_000;
/** Writes of one tick travel together. */
const gather = 30;

export interface SchedulerOptions {
  run: () => Promise<Outcome>;
  onStart: () => void;
  onEnd: (outcome: Outcome) => void;
  random?: () => number;
}

/** Failures that only the person can end: no timer tries again, their next step does. */
const paused: Failure['kind'][] = ['unauthenticated', 'client_outdated', 'deactivated', 'not_a_member'];

/**
 * Decides when a cycle runs: at start, after writes, on signals, every 8 s while the page is in use and every 60 s while it
 * is not, and with backoff after failures. No cycle starts while nobody sees the page; whoever shows it again wakes the scheduler. A cycle that was cut off because the
 * browser put the page away has neither succeeded nor failed: it begins anew when the page is back.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  /** A signal came during a cycle: what that one fails of may be over. */
  #woken = false;
  #failures = 0;
  /** When the newest cycle ended, by a clock that nobody sets. */
  #ended = -Infinity;
  /** For how long the server asked to be left alone, and since when; milliseconds. */
  #leftAlone = { since: 0, wait: 0 };
  #stopped = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  /**
   * Something was written: sync soon, unless a failed try is already waiting for its turn.
   * @param atOnce the server takes this even while it asked to be left alone
   */
  written(atOnce = false): void {
    if (atOnce) this.#leftAlone.wait = 0;
    if (this.#running) this.#again = true;
    else if (this.#failures === 0 || atOnce) this.#schedule(gather);
  }

  /** The world may have changed (online, visible, the person asked): try now. */
  async wake(): Promise<void> {
    if (!this.#isLeftAlone()) await this.#begin();
  }

  #isLeftAlone(): boolean {
    const { since, wait } = this.#leftAlone;
    const waited = Date.now() - since;
    // A clock that was set back says nothing of how long this has waited.
    return waited >= 0 && waited < wait;
  }

  stop(): void {
    this.#stopped = true;
    this.rest();
  }

  /** Somebody uses the page again: the next look for news is not a minute away any more. */
  used(): void {
    const due = this.#ended + inUse - performance.now();
    if (!this.#running && this.#failures === 0) this.#schedule(Math.max(0, due));
  }

  /** Nobody sees the page any more: no timer starts a cycle until the next signal. */
  rest(): void {
    clearTimeout(this.#timer);
  }

  async #begin(): Promise<void> {
    if (this.#stopped || pageLife.hidden) return;
    if (this.#running) this.#again = this.#woken = true;
    else {
      this.#running = this.#cycle().finally(() => (this.#running = undefined));
    }
    await this.#running;
  }

  async #cycle(): Promise<void> {
    do {
      this.#again = this.#woken = false;
      clearTimeout(this.#timer);
      const began = performance.now();
      const outcome = await this.#whole();
      this.#settle(outcome, performance.now() - began);
      this.#options.onEnd(outcome);
    } while (!this.#stopped && !pageLife.hidden && this.#wantsMore());
  }

  /** What a cycle came to that nothing has cut off. */
  async #whole(): Promise<Outcome> {
    for (;;) {
      const { departures } = pageLife;
      this.#options.onStart();
      const outcome = await this.#options.run();
      if (pageLife.departures === departures) return outcome;
      await pageLife.returned();
    }
  }

  #wantsMore(): boolean {
    return this.#failures === 0 ? this.#again : this.#woken && !this.#isLeftAlone();
  }

  #settle({ failure }: Outcome, took: number): void {
    this.#ended = performance.now();
    if (!failure) {
      this.#failures = 0;
      this.#schedule(pageUse.inUse ? inUse : idle);
      return;
    }
    this.#failures += 1;
    if (paused.includes(failure.kind)) {
      // Somebody may have signed in again meanwhile; nothing else of these ends within a cycle.
      if (failure.kind !== 'unauthenticated') this.#woken = false;
      this.#leftAlone.wait = 0;
      return;
    }
    // A line that was cut is there again soon, unlike a server that nobody reaches.
    if (failure.kind === 'unreachable' && took >= underWay) this.#failures = 1;
    const wait = backoff(this.#failures, failure.retryAfter, (this.#options.random ?? Math.random)());
    this.#leftAlone = { since: Date.now(), wait: failure.retryAfter ?? 0 };
    this.#schedule(wait);
  }

  #schedule(wait: number): void {
    clearTimeout(this.#timer);
    // The timer has waited as long as it was asked to, whatever the clock says by then.
    if (!this.#stopped && !pageLife.hidden) this.#timer = setTimeout(() => void this.#begin(), wait);
  }
}
