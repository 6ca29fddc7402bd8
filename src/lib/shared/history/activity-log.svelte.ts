import type { Failure, Reply } from '$lib/remote/reply';
import type { Store } from '$lib/store/store';
import { everything, passes, type LogEntry, type LogFilter, type LogPage } from './entry';
import { keepPage, readKeptPage, wholeLog } from './kept-page';

type Fetch = (filter: LogFilter, before: string | null) => Promise<Reply<LogPage>>;

/** The pages of the log that are on the screen: fetched ones, or the last page kept for offline. */
export class ActivityLog {
  #entries = $state.raw<LogEntry[]>([]);
  #before = $state.raw<string | null>(null);
  #loading = $state(true);
  #failure = $state.raw<Failure>();
  #keptAt = $state.raw<string>();
  /** Counts the requests. An answer to an earlier request is dropped. */
  #asked = 0;

  readonly #store: Store;
  readonly #fetch: Fetch;
  readonly #keptUnder: string;
  readonly #widest: LogFilter;

  /**
   * @param about if the log is about one record: `widest` is the filter for all of its entries, and `keptUnder` is the
   *   key of its newest stored page
   */
  constructor(
    store: Store,
    fetch: Fetch,
    about: { keptUnder: string; widest: LogFilter } = { keptUnder: wholeLog, widest: everything },
  ) {
    this.#store = store;
    this.#fetch = fetch;
    this.#keptUnder = about.keptUnder;
    this.#widest = about.widest;
  }

  get entries(): LogEntry[] {
    return this.#entries;
  }
  get hasMore(): boolean {
    return this.#before !== null;
  }
  get loading(): boolean {
    return this.#loading;
  }
  get failure(): Failure | undefined {
    return this.#failure;
  }
  /** The time of the fetch (ISO), if the entries are a page that was kept for offline use. */
  get keptAt(): string | undefined {
    return this.#keptAt;
  }

  /** Shows the newest page for a filter. The old entries stay on the screen until the answer arrives. */
  async load(filter: LogFilter): Promise<void> {
    const asked = this.#begin();
    const reply = await this.#fetch(filter, null);
    if (asked !== this.#asked) return;
    this.#loading = false;
    if (!reply.ok) return this.#showKept(filter, reply, asked);
    this.#failure = undefined;
    this.#keptAt = undefined;
    this.#entries = reply.body.entries;
    this.#before = reply.body.before;
    if (this.#isWidest(filter)) await keepPage(this.#store, this.#keptUnder, reply.body.entries);
  }

  /** Adds new entries on top and keeps the older pages that were loaded. */
  async refresh(filter: LogFilter): Promise<void> {
    if (this.#loading) return;
    if (this.#keptAt || this.#failure) return this.load(filter);
    const asked = this.#asked;
    const reply = await this.#fetch(filter, null);
    if (asked !== this.#asked || !reply.ok) return;
    const fresh = reply.body.entries.filter(({ id }) => !this.#entries.some((known) => known.id === id));
    if (fresh.length === reply.body.entries.length) this.#before = reply.body.before;
    this.#entries =
      fresh.length === reply.body.entries.length ? reply.body.entries : [...fresh, ...this.#entries];
  }

  /** Adds the next page. */
  async more(filter: LogFilter): Promise<void> {
    if (this.#loading || this.#before === null) return;
    const asked = this.#begin();
    const reply = await this.#fetch(filter, this.#before);
    if (asked !== this.#asked) return;
    this.#loading = false;
    this.#failure = reply.ok ? undefined : reply;
    if (!reply.ok) return;
    this.#entries = [...this.#entries, ...reply.body.entries];
    this.#before = reply.body.before;
  }

  #isWidest(filter: LogFilter): boolean {
    return (Object.keys(filter) as (keyof LogFilter)[]).every((part) => filter[part] === this.#widest[part]);
  }

  #begin(): number {
    this.#loading = true;
    return ++this.#asked;
  }

  async #showKept(filter: LogFilter, failed: Failure, asked: number): Promise<void> {
    const kept = await readKeptPage(this.#store, this.#keptUnder);
    if (asked !== this.#asked) return;
    this.#failure = failed;
    this.#entries = kept?.entries.filter((entry) => passes(entry, filter)) ?? [];
    this.#keptAt = kept?.fetched_at;
    this.#before = null;
  }
}
