import { chromium } from '@playwright/test';
import { existsSync } from 'node:fs';
import { ensureBrowser } from '../../e2e/browser';
import type { Figure } from '../report/figures';

interface Measured {
  name: string;
  value: number;
  unit: string;
  target?: number;
  pass?: boolean;
}
type MeasureLarge = (
  url: string,
  browser: Awaited<ReturnType<typeof chromium.launch>>,
) => Promise<Measured[]>;

const script = new URL('measure-large.ts', import.meta.url);

/** Whether the script that measures the app with a large working set exists. */
export const canMeasureLarge = (): boolean => existsSync(script);

/** Measures search, sorting, scrolling, opening and memory with a large working set. */
export async function measureLargeSet(url: string): Promise<Figure[]> {
  const { measureLarge } = (await import(script.href)) as { measureLarge: MeasureLarge };
  const root = process.platform === 'linux' && process.getuid?.() === 0;
  const args = ['--enable-precise-memory-info', ...(root ? ['--no-sandbox'] : [])];
  const browser = await chromium.launch({ ...ensureBrowser(), args });
  try {
    const measured = await measureLarge(url, browser);
    return measured.map(({ name, target, unit, ...figure }) => ({
      ...figure,
      name: `50,000 contacts: ${name}`,
      unit,
      ...(target === undefined ? {} : { target: `target ${target} ${unit}`.trim() }),
    }));
  } finally {
    await browser.close();
  }
}
