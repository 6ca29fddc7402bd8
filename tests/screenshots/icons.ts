import type { Browser } from '@playwright/test';
import { readFileSync } from 'node:fs';

const size = 180;

/**
 * Makes the home-screen icon of iPads and iPhones from the app's icon. The device rounds the corners itself and shows
 * transparent ones in black, so the background fills the square.
 */
export async function appleIcon(browser: Browser): Promise<void> {
  const svg = readFileSync('static/favicon.svg', 'utf8').replace(/ rx="\d+"/, '');
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: ${size}px }</style>${svg}`);
  await page.screenshot({ path: 'static/apple-touch-icon.png' });
  await page.close();
}
