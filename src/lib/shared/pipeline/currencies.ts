import { firstPaint } from '$lib/store/first-paint';
import { all } from '$lib/store/read';
import { currencies } from '$lib/ui/currencies.svelte';

/**
 * Learns which currencies the team's deals have, for a page that shows only some of them: its amounts are written as
 * on the board. Waits until the page is shown.
 */
export async function learnCurrencies(): Promise<void> {
  await firstPaint();
  // Without an answer, the amounts are shown by what is known.
  currencies.note(await all('deals').catch(() => []));
}
