// @vitest-environment jsdom
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { transfer } from './transfer';

/** Starts a server for the test. @returns its address */
async function served(answer: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*');
    if (request.method === 'OPTIONS') response.end();
    else answer(request, response);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.closeAllConnections());
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
/** Long enough for its upload to be watched. */
const long = { method: 'POST', body: 'x'.repeat(200_000) };

test('a slow answer may take longer than the limit while it moves', async () => {
  const url = await served(async (_, response) => {
    for (let part = 0; part < 10; part++) {
      response.write(`${part} `);
      await pause(150);
    }
    response.end();
  });
  const reply = await transfer(url, undefined, 1_000);
  expect(await reply.text()).toBe('0 1 2 3 4 5 6 7 8 9 ');
});

test('an answer that stops in the middle is given up', async () => {
  const url = await served((_, response) => void response.write('half'));
  const reply = await transfer(url, undefined, 80);
  await expect(reply.text()).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('a server that says nothing is given up', async () => {
  const url = await served(() => undefined);
  await expect(transfer(url, undefined, 50)).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('a long body arrives complete, with headers and status of the answer', async () => {
  let received = 0;
  const url = await served((request, response) => {
    request.on('data', (chunk: Buffer) => (received += chunk.length));
    request.on('end', () => response.writeHead(413, { 'content-type': 'text/plain' }).end('too large'));
  });
  const reply = await transfer(url, { ...long, headers: { apikey: 'key' } }, 2_000);
  expect([reply.status, await reply.text(), reply.headers.get('content-type'), received]).toEqual([
    413,
    'too large',
    'text/plain',
    200_000,
  ]);
});

test('a long body that nobody answers is given up', async () => {
  const url = await served((request) => void request.resume());
  const shorter = { ...long, body: 'x'.repeat(8_000) };
  await expect(transfer(url, shorter, 100)).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('a long body that cannot be delivered fails like a fetch', async () => {
  await expect(transfer('http://127.0.0.1:9/', long, 2_000)).rejects.toBeInstanceOf(TypeError);
});

test('the caller can end a request, short or long', async () => {
  const url = await served((request) => void request.resume());
  for (const init of [{}, long]) {
    const call = new AbortController();
    const reply = transfer(url, { ...init, signal: call.signal }, 5_000);
    call.abort(new DOMException('Enough.', 'AbortError'));
    await expect(reply).rejects.toMatchObject({ name: 'AbortError' });
  }
});
