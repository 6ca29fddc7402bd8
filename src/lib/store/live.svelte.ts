import { liveQuery } from 'dexie';
import { queryAnswered, queryStarted } from './first-paint';

/** A query's newest answer. Reading it in a template keeps the template up to date. */
export interface Live<T> {
  readonly current: T;
  /** True until the first answer. */
  readonly loading: boolean;
  readonly error: unknown;
}

/**
 * Runs a query over the device's tables now, and again whenever a table row it read changes, in any tab.
 * Call it while a component initialises.
 * @param deps read synchronously; a change of them starts the query anew
 * @param initial what `current` holds until the first answer
 */
export function live<D, T>(deps: () => D, query: (deps: D) => Promise<T> | T, initial: T): Live<T> {
  let current = $state.raw(initial);
  let loading = $state(true);
  let error = $state.raw<unknown>();
  let answered = false;
  const answer = () => {
    if (!answered) queryAnswered();
    answered = true;
  };
  queryStarted();
  $effect(() => answer);
  $effect(() => {
    const given = deps();
    let asked = 0;
    let taken = 0;
    let over = false;
    const take = (number: number, value: T) => {
      if (over || number <= taken) return;
      taken = number;
      current = value;
      loading = false;
      error = undefined;
      answer();
    };
    // Dexie drops an answer where a table changed while it was made: during a first sync that is every answer until
    // the end. So each is taken in any case, past Dexie's zone, unless a later one came before it.
    const asking = async () => {
      const number = (asked += 1);
      const value = await query(given);
      setTimeout(() => take(number, value));
      return { number, value };
    };
    const subscription = liveQuery(asking).subscribe({
      next: ({ number, value }) => take(number, value),
      error: (cause) => {
        error = cause;
        loading = false;
        answer();
      },
    });
    return () => {
      over = true;
      subscription.unsubscribe();
    };
  });
  return {
    get current() {
      return current;
    },
    get loading() {
      return loading;
    },
    get error() {
      return error;
    },
  };
}
