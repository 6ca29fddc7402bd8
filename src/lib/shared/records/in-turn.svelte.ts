/**
 * Counts up to `parts`, one in a task of its own: the parts of a page that are drawn by it come one after the other, and
 * between them a slow device shows what is there and hears what it is asked. Call it while a component initialises.
 */
export function inTurn(parts: number): { readonly drawn: number } {
  let drawn = $state(0);
  $effect(() => {
    if (drawn === parts) return;
    const timer = setTimeout(() => (drawn += 1));
    return () => clearTimeout(timer);
  });
  return {
    get drawn() {
      return drawn;
    },
  };
}
