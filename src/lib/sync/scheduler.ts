import { pageLife } from '$lib/lifecycle/page-life';
import { pageUse } from '$lib/lifecycle/page-use';
import type { Failure } from '$lib/remote/reply';
import { backoff } from './backoff';
import type { Outcome } from './cycle';

/** How often to check for changes while somebody uses the page. A colleague's change shows within ten seconds. */
const inUse = 8_000;
/** How often to check while the page is visible but nobody uses it. */
const idle = 60_000;
/** If a cycle fails sooner than this (milliseconds), it never reached the server. */
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
 * Decides when a cycle runs: at start, after writes, on signals, every 8 s while the page is in use, every 60 s while it
 * is not, and with backoff after failures. No cycle starts while the page is hidden; showing the page again wakes the
 * scheduler. If a cycle is cut off because the browser put the page away, it has neither succeeded nor failed, and starts
 * over when the page is back.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer should go off, by the same clock as `#ended`. */
  #due = 0;
  #running: Promise<void> | undefined;
  #again = false;
  /** A signal came during a cycle: what that one fails of may be over. */
  #woken = false;
  #failures = 0;
  /** When the newest cycle ended, by a clock that nobody can change. */
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
    // The page may have been hidden since, which cleared the timer.
    else if (!this.#running) this.#schedule(this.#due - performance.now());
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

  /** Somebody uses the page again, so the next check must not be a minute away. */
  used(): void {
    const due = this.#ended + inUse - performance.now();
    if (!this.#running && this.#failures === 0) this.#schedule(Math.max(0, due));
  }

  /** The page is hidden now, so no timer starts a cycle until the next signal. */
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
      // Another session may have begun, whose status this is no part of.
      if (this.#stopped) return;
      this.#settle(outcome, performance.now() - began);
      this.#options.onEnd(outcome);
    } while (!this.#stopped && !pageLife.hidden && this.#wantsMore());
  }

  /** Runs cycles until one ends without being cut off, and returns its outcome. */
  async #whole(): Promise<Outcome> {
    for (;;) {
      const { departures } = pageLife;
      this.#options.onStart();
      const outcome = await this.#options.run();
      if (this.#stopped || pageLife.departures === departures) return outcome;
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
    // If the connection was cut, it is usually back soon. If nobody could reach the server, it takes longer.
    if (failure.kind === 'unreachable' && took >= underWay) this.#failures = 1;
    const wait = backoff(this.#failures, failure.retryAfter, (this.#options.random ?? Math.random)());
    this.#leftAlone = { since: Date.now(), wait: failure.retryAfter ?? 0 };
    this.#schedule(wait);
  }

  #schedule(wait: number): void {
    clearTimeout(this.#timer);
    this.#due = performance.now() + wait;
    // The timer has waited as long as it was asked to, whatever the clock says by then.
    if (!this.#stopped && !pageLife.hidden) this.#timer = setTimeout(() => void this.#begin(), wait);
  }
}
