import type { Store } from '$lib/store/store';
import type { SearchHit } from './hit';

export type Question = { userId: string } | { text: string };
export type Answer = { text: string; hits: SearchHit[] } | { changed: true } | { failed: true };

/** Milliseconds before a failed worker is restarted. They double after each failure, up to the longest. */
const waits = { first: 1_000, longest: 30_000 };

const searchers = new WeakMap<Store, Searcher>();

/** Asks the search worker of a working set. The newest answer is in `text` and `hits`. */
export class Searcher {
  #answered = $state.raw<{ text: string; hits: SearchHit[] }>({ text: '', hits: [] });
  #failed = $state(false);
  #asked = '';
  #isWaiting = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #userId: string;
  #worker: Worker | undefined;

  /** The searcher of a working set, started on first use; it ends with the working set. */
  static of(store: Store): Searcher {
    const known = searchers.get(store) ?? new Searcher(store);
    searchers.set(store, known);
    return known;
  }

  private constructor({ db, userId }: Store) {
    this.#userId = userId;
    this.#worker = this.#start();
    addEventListener('online', () => this.#failed && this.#askAgain());
    db.on('close', () => this.#stop());
  }

  /** The text that `hits` belong to. */
  get text(): string {
    return this.#answered.text;
  }
  get hits(): SearchHit[] {
    return this.#answered.hits;
  }
  /** The worker has not been able to run so far. It is restarted as long as an answer is wanted. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Asks for the hits for a text. While an answer is pending, only the newest question is kept. */
  ask(text: string): void {
    this.#asked = text;
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#send({ text });
  }

  #hear(answer: Answer): void {
    if ('failed' in answer) this.#fail();
    else if ('changed' in answer) this.#askAgain();
    else this.#take(answer);
  }

  /** The worker's script or data could not be loaded, so start another worker that loads it again. */
  #fail(): void {
    this.#stop();
    this.#failed = true;
    const wait = Math.min(waits.longest, waits.first * 2 ** this.#failures);
    this.#failures += 1;
    this.#timer = setTimeout(() => this.#askAgain(), wait);
  }

  /** Nobody waits for the hits for an empty text. */
  #askAgain(): void {
    if (this.#asked) this.ask(this.#asked);
  }

  #take(answer: { text: string; hits: SearchHit[] }): void {
    this.#isWaiting = false;
    this.#failed = false;
    this.#failures = 0;
    this.#answered = answer;
    if (answer.text !== this.#asked) this.ask(this.#asked);
  }

  #send(question: Question): void {
    // A page that the browser had put away needs a new one, because the old one ended with the database connection.
    (this.#worker ??= this.#start()).postMessage(question);
  }

  #start(): Worker {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- an address that never changes
    const worker = new Worker(new URL('./search.worker.ts', import.meta.url), { type: 'module' });
    worker.onerror = () => this.#fail();
    worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#hear(data);
    worker.postMessage({ userId: this.#userId } satisfies Question);
    return worker;
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#isWaiting = false;
  }
}
