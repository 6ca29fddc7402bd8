import { expect, test } from 'vitest';
import { onlyThisRelease } from './this-release';

const origin = 'https://crm.example.com';
const script = '_app/immutable/entry/start.abc.js';
const plugin = onlyThisRelease(
  [{ url: script }, '_app/immutable/assets/0.css', { url: 'icon.png' }, { url: '/' }],
  '/',
  origin,
);

const answer = (type: string, body = '', status = 200) =>
  new Response(body, { status, headers: { 'content-type': type } });
const pageWith = (...scripts: string[]) =>
  answer('text/html; charset=utf-8', scripts.map((path) => `<script>import("/${path}")</script>`).join(''));

/** The stored response to a request of the installation. */
const stored = async (path: string, response: Response) =>
  Boolean(
    await plugin.cacheWillUpdate?.({
      request: new Request(`${origin}/${path}`),
      response,
      event: undefined as unknown as ExtendableEvent,
    }),
  );
const served = async (path: string, cachedResponse: Response) =>
  Boolean(
    await plugin.cachedResponseWillBeUsed?.({
      request: new Request(`${origin}/${path}?__WB_REVISION__=1`),
      cachedResponse,
      cacheName: '',
      event: undefined as unknown as ExtendableEvent,
    }),
  );

test('the page of another release is not stored', async () => {
  expect(await stored('', pageWith(script))).toBe(true);
  expect(await stored('', pageWith(script, '_app/immutable/entry/app.old.js'))).toBe(false);
});

test('a page that is not the app is not stored', async () => {
  expect(await stored('', answer('text/html', '<h1>Welcome to the hotel</h1>'))).toBe(false);
});

test('a page served instead of a missing file is not stored', async () => {
  for (const path of [script, '_app/immutable/assets/0.css', 'icon.png'])
    expect(await stored(path, pageWith(script))).toBe(false);
});

test('a failure is not stored', async () => {
  expect(await stored(script, answer('text/javascript', '', 500))).toBe(false);
  expect(await stored(script, answer('text/javascript', '', 404))).toBe(false);
});

test.each([
  [script, 'text/javascript'],
  [script, 'application/javascript; charset=utf-8'],
  [script, 'application/x-javascript'],
  ['_app/immutable/assets/0.css', 'text/css'],
  ['icon.png', 'image/png'],
  ['font.woff2', 'application/octet-stream'],
])('the file %s is stored as %s', async (path, type) => {
  expect(await stored(path, answer(type))).toBe(true);
});

test('fetches a file again if a page was once stored instead', async () => {
  expect(await served(script, answer('text/html'))).toBe(false);
  expect(await served(script, answer('text/javascript'))).toBe(true);
  expect(await served('', answer('text/html'))).toBe(true);
});
