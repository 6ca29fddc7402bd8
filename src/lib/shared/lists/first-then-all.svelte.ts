import { firstPaint } from '$lib/store/first-paint';
import { live, type Live } from '$lib/store/live.svelte';

interface FirstThenAll<T> extends Live<T> {
  /** The answer is that of `all`. */
  readonly complete: boolean;
}

/**
 * A live query whose first answer costs little, and which reads everything when that answer is on the screen. Call it
 * while a component initializes.
 * @param deps read synchronously; a change of them starts the query anew
 * @param first reads what the first screen shows; `undefined` if it cannot know that without reading everything
 * @param initial what `current` holds until the first answer
 */
export function firstThenAll<D, T>(
  deps: () => D,
  first: (deps: D) => Promise<T | undefined>,
  all: (deps: D) => Promise<T>,
  initial: T,
): FirstThenAll<T> {
  let further = $state(false);
  const answer = live(
    () => ({ given: deps(), further }),
    async ({ given, further }) => {
      const some = further ? undefined : await first(given);
      return { value: some ?? (await all(given)), complete: some === undefined };
    },
    { value: initial, complete: false },
  );
  $effect(() => {
    if (!answer.loading) void firstPaint().then(() => (further = true));
  });
  return {
    get current() {
      return answer.current.value;
    },
    get complete() {
      return answer.current.complete;
    },
    get loading() {
      return answer.loading;
    },
    get error() {
      return answer.error;
    },
  };
}

/** A live query that reads much. It begins when the first records of the page are on the screen. */
export const liveLater = <D, T>(deps: () => D, query: (deps: D) => Promise<T>, initial: T): FirstThenAll<T> =>
  firstThenAll(deps, async () => initial, query, initial);
