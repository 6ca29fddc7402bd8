import { firstPaint } from '$lib/store/first-paint';
import { all } from '$lib/store/read';
import { currencies } from '$lib/ui/currencies.svelte';

/**
 * Reads which currencies the team's deals use, for a page that shows only some deals. Then it writes amounts as the
 * board does. It waits until the page is shown.
 */
export async function learnCurrencies(): Promise<void> {
  await firstPaint();
  // If this fails, amounts are written with the currencies that are known.
  currencies.note(await all('deals').catch(() => []));
}
