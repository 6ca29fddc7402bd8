/** Live queries of the page that have not had their first answer. */
let unanswered = 0;
let shown = false;
const waiting = new Set<() => void>();

/** A live query of the page has begun. */
export function queryStarted(): void {
  unanswered += 1;
}

/** A live query has its first answer, or will never have one. */
export function queryAnswered(): void {
  unanswered -= 1;
  if (unanswered > 0 || shown) return;
  // Two frames: the answers are in the page, and the page is on the screen.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (unanswered > 0) return;
      shown = true;
      setTimeout(release);
    }),
  );
}

/** Whoever waits begins in a task of its own, so that none holds up a frame or a tap with the work of all. */
function release(): void {
  const [first] = waiting;
  if (!first) return;
  waiting.delete(first);
  first();
  setTimeout(release);
}

/**
 * Resolves when the first page shows its records, so that nothing competes with them for the network and the
 * processor.
 * @param longest milliseconds after which it resolves anyway (a hidden tab paints no frames)
 */
export function firstPaint(longest = 3_000): Promise<void> {
  if (shown) return Promise.resolve();
  return new Promise((resolve) => {
    waiting.add(resolve);
    setTimeout(resolve, longest);
  });
}
