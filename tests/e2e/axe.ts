import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

export interface Finding {
  state: string;
  colorScheme: 'light' | 'dark';
  id: string;
  at: unknown[];
}

/** What axe finds on the page as it is: every rule in the light, and in the dark those that colours can break. */
export async function axeFinds(page: Page, state: string): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page });
    if (colorScheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block']);
    const { violations } = await axe.analyze();
    for (const { id, nodes } of violations)
      found.push({ state, colorScheme, id, at: nodes.map(({ target }) => target) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}
