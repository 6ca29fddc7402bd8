/** The results of a pull. Times are in milliseconds since it began. */
interface Pulled {
  first: number;
  all: number;
  rows: number;
  /** The peak of script memory during the pull, in bytes above the level before it. */
  memory: number;
}

/** A client as the benchmark drives it, on its own page. Times are in milliseconds. */
export interface BenchClient {
  signIn(email: string, password: string): Promise<void>;
  /** Opens a local database, and creates it if it does not exist. */
  open(name: string): Promise<void>;
  close(): Promise<void>;
  /** Pulls everything from the server into the local database. */
  pull(): Promise<Pulled>;
  /** Edits one field of the first `count` records in one batch, without a network. */
  queueBulk?(count: number): Promise<number>;
  /** Edits the same records one by one; each edit waits until the one before is stored. */
  queueSingly?(count: number): Promise<number>;
  /** Sends everything that is queued and returns how long it took. Gives up after `limit`. */
  push(limit?: number): Promise<number>;
  /** Pulls when there is nothing new. */
  noop?(): Promise<number>;
  edit(id: string, fields: Record<string, string>): Promise<void>;
  read(id: string): Promise<Record<string, unknown> | null>;
  ids(count: number): Promise<string[]>;
  /** The number of local edits that the server has not answered; -1 if the client cannot tell. */
  pending(): Promise<number>;
  /** The number of edits that the client shows as conflicts. */
  conflicts(): Promise<number>;
}

declare global {
  interface Window {
    bench: BenchClient;
  }
}

/** The duration of a job. */
export async function timed(job: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await job();
  return performance.now() - start;
}

/** Records the page's script memory until stopped, and returns how much its peak was above the start. */
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
