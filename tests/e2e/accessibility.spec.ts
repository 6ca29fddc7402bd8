import AxeBuilder from '@axe-core/playwright';
import { expect, signIn, syncStatus, test } from './crm';

const pages = [
  '/',
  '/contacts',
  '/companies',
  '/deals',
  '/deals?view=list',
  '/tasks',
  '/activity',
  '/sync',
].concat(['/import', '/settings', '/contacts?new=contact', '/deals?new=deal']);
const sizes = { phone: { width: 390, height: 844 }, tablet: { width: 1180, height: 820 } };

for (const [device, viewport] of Object.entries(sizes))
  for (const colorScheme of ['light', 'dark'] as const)
    test(`axe finds nothing on any page: ${device}, ${colorScheme}`, async ({ crm, browser }) => {
      test.setTimeout(180_000);
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
      const page = await context.newPage();
      const look = async () => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        return violations.map(({ id, nodes }) => ({
          id,
          at: page.url(),
          nodes: nodes.map((node) => node.target),
        }));
      };
      await page.goto(`${crm.url}/login`);
      await expect(page.getByRole('button', { name: 'Use rep@example.com' })).toBeVisible();
      const found = await look();
      await signIn(page, crm, 'admin@example.com');
      await page.goto(`${crm.url}/contacts`);
      const record = await page
        .getByRole('main')
        .locator('a[href^="/contacts/0"]')
        .first()
        .getAttribute('href');
      for (const path of [...pages, record ?? '']) {
        await page.goto(crm.url + path);
        await expect(syncStatus(page)).toHaveText(/^Synced/);
        if (path.includes('new=')) await expect(page.getByRole('dialog')).toBeVisible();
        found.push(...(await look()));
      }
      expect(found).toEqual([]);
      await context.close();
    });
