import type { Failure } from '$lib/remote/reply';
import { mostCharacters } from './batch';

interface Limits {
  /** The size of the first request. */
  first: number;
  least: number;
  most: number;
  /** How long a request should take, milliseconds. */
  target: number;
}

/** If a request fails sooner than this (milliseconds), nobody answered, which says nothing about its size. */
const underWay = 3_000;

/** Whether the server, or a gateway in front of it, ended a request because it took too long. */
export const ranOutOfTime = ({ code }: Failure): boolean =>
  ['57014', 'http_504', 'http_408', 'http_524'].includes(code);

/**
 * Decides how much one request carries, in the caller's units: as much as the line and the server manage in about the
 * target time. The size halves when a request is cut off or takes too long, and grows again while requests are quick.
 */
export class RequestSize {
  readonly #limits: Limits;
  #size: number;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#size = limits.first;
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Makes a request, and learns from how long it took.
   * @param carried how much the request or its answer carries; unknown before an answer
   * @param sent how much the request carries, if that is known before the answer
   */
  async measured<T extends { ok: true } | Failure>(
    request: Promise<T>,
    carried: (reply: T) => number,
    sent = Infinity,
  ): Promise<T> {
    const began = performance.now();
    const reply = await request;
    const took = performance.now() - began;
    if (reply.ok) this.#succeeded(carried(reply), took);
    else if (ranOutOfTime(reply)) this.#resize(Math.min(this.#size, sent) / 2);
    else if (took >= underWay) this.#resize(this.#size / 2);
    return reply;
  }

  #succeeded(carried: number, took: number): void {
    const { target } = this.#limits;
    // The time of a small request depends on the distance to the server, not on the bandwidth.
    if (carried < this.#size / 10) return;
    if (took >= target / 3) this.#resize(Math.min(this.#size * 8, (carried * target) / took));
    else if (carried >= this.#size / 2) this.#resize(this.#size * 8);
  }

  #resize(size: number): void {
    const { least, most } = this.#limits;
    this.#size = Math.round(Math.min(most, Math.max(least, size)));
  }
}

/** The facts that this page has learned about its connection and its server. They last as long as the page. */
export class Connection {
  /** How much a push carries, in characters of JSON. */
  readonly push = new RequestSize({ first: 256_000, least: 1_000, most: mostCharacters, target: 1_000 });
  /** How many rows a page of a pull has. */
  readonly pull = new RequestSize({ first: 2_000, least: 10, most: 2_000, target: 3_000 });
  /** How many times in a row a push was refused by something other than the app's server. */
  refusals = 0;
}

/** Told of what happens during a cycle. */
export interface CycleListener {
  /** The server has answered, whatever failed before. */
  heard(): void;
  /** This many more rows from the server are stored. */
  stored(rows: number): void;
}
