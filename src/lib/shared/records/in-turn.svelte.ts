/**
 * Counts up to `parts`, each in its own task. The parts of a page that depend on it are drawn one after the other, so
 * that a slow device can paint and react in between. Call it while a component initializes.
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
