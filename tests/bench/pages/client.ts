/** What a pull brought, and when, in milliseconds since it was asked for. */
interface Pulled {
  first: number;
  all: number;
  rows: number;
  /** Bytes of script memory at its highest during the pull, above what there was before. */
  memory: number;
}

/** A client as the benchmark drives it, on a page of its own. Times are in milliseconds. */
export interface BenchClient {
  signIn(email: string, password: string): Promise<void>;
  /** Opens a local database, making it where there is none. */
  open(name: string): Promise<void>;
  close(): Promise<void>;
  /** Everything from the server into the local database. */
  pull(): Promise<Pulled>;
  /** Edits one field of the first `count` records in one go, without a network. */
  queueBulk?(count: number): Promise<number>;
  /** The same, each edit waiting for the one before to be stored. */
  queueSingly?(count: number): Promise<number>;
  /** Sends everything that waits; for how long it took. Gives up after `limit`. */
  push(limit?: number): Promise<number>;
  /** Looks for news and finds none. */
  noop?(): Promise<number>;
  edit(id: string, fields: Record<string, string>): Promise<void>;
  read(id: string): Promise<Record<string, unknown> | null>;
  ids(count: number): Promise<string[]>;
  /** How many local edits the server has not answered; -1 where the client cannot say. */
  pending(): Promise<number>;
  /** How many edits the client shows its user as conflicts. */
  conflicts(): Promise<number>;
}

declare global {
  interface Window {
    bench: BenchClient;
  }
}

/** The time a job takes. */
export async function timed(job: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await job();
  return performance.now() - start;
}

/** Watches the page's script memory until stopped, and tells how much it grew at its highest. */
export function watchMemory(): () => number {
  const used = () =>
    (performance as Performance & { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0;
  const before = used();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, used())), 20);
  return () => {
    clearInterval(timer);
    return Math.max(most, used()) - before;
  };
}
