import { readFileSync } from 'node:fs';
import browserslist from 'browserslist';
import { Linter } from 'eslint';
import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';

const html = readFileSync('src/app.html', 'utf8');
const script = /<script>(.*?)<\/script>/s.exec(html)?.[1] ?? '';

/** The page as a browser has read it, and what its script wrote into it. */
function load(prepare: (window: JSDOM['window']) => void = () => undefined) {
  const page = html.replace(/%sveltekit\.\w+%/g, '');
  const written: string[] = [];
  const { window } = new JSDOM(page, {
    runScripts: 'dangerously',
    beforeParse: (window) => {
      // jsdom closes a template that is written; the browser test shows that nothing in it runs.
      window.document.write = (...texts: string[]) => void written.push(...texts);
      prepare(window);
    },
  });
  return {
    written,
    words: window.document.getElementById('too-old'),
    viewport: window.document.querySelector('meta[name="viewport"]')?.getAttribute('content'),
  };
}
const popovers = (window: JSDOM['window']) =>
  Object.defineProperty(window.HTMLElement.prototype, 'popover', { value: null });

test('a browser without popovers shows the notice and does not start the app', () => {
  const { written, words } = load();
  expect(written).toEqual(['<template>']);
  expect(words?.style.display).toBe('block');
  expect(words?.textContent).toContain('Update your browser');
});

test('a supported browser starts the app and shows no notice', () => {
  expect(load(popovers)).toMatchObject({ written: [], words: null });
});

test('only a browser that knows the setting is told what a keyboard does to the page', () => {
  const chromium = load((window) => {
    popovers(window);
    Object.defineProperty(window.navigator, 'virtualKeyboard', { value: {} });
  });
  expect(chromium.viewport).toContain('interactive-widget=resizes-content');
  expect(load(popovers).viewport).not.toContain('interactive-widget');
});

test('the script that decides is JavaScript that every old browser can read', () => {
  const problems = new Linter().verify(script, { languageOptions: { ecmaVersion: 5, sourceType: 'script' } });
  expect(script).toContain('too-old');
  expect(problems).toEqual([]);
});

test('the notice names the oldest supported browsers', () => {
  const names = { safari: 'Safari', chrome: 'Chrome', edge: 'Edge', firefox: 'Firefox', ios_saf: 'iPadOS' };
  const words = new JSDOM(html).window.document.getElementById('too-old')?.textContent ?? '';
  for (const [id, name] of Object.entries(names)) {
    const versions = browserslist()
      .filter((browser) => browser.startsWith(`${id} `))
      .map((browser) => parseFloat(browser.slice(id.length)));
    expect(words).toMatch(new RegExp(`${name} ${Math.min(...versions)}\\b`));
  }
});
