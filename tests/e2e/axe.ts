import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

export interface Finding {
  state: string;
  colorScheme: 'light' | 'dark';
  id: string;
  at: unknown[];
}

/**
 * The problems that axe finds on the page: every rule in the light theme, and in the dark theme the rules that colors
 * can break.
 */
export async function axeFinds(page: Page, state: string): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const rules = colorScheme === 'dark' ? ['color-contrast', 'link-in-text-block'] : undefined;
    found.push(...(await axeFindsIn(page, state, colorScheme, rules)));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return found;
}

/**
 * The same in the current theme.
 *
 * @param rules the ids of the only rules to check; every rule if none are given
 */
export async function axeFindsIn(
  page: Page,
  state: string,
  colorScheme: Finding['colorScheme'],
  rules?: string[],
): Promise<Finding[]> {
  const axe = new AxeBuilder({ page });
  if (rules) axe.withRules(rules);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => ({
    state,
    colorScheme,
    id,
    at: nodes.map(({ target }) => target),
  }));
}
