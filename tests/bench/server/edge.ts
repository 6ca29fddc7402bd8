import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** The network traffic since the last reset. */
export interface Traffic {
  requests: number;
  sent: number;
  received: number;
}

export interface Edge {
  url: string;
  traffic: Traffic;
  reset(): void;
  /** The next request to a path with this prefix is served, and its reply is lost. */
  loseReplyTo(path: string): void;
  /** The latency of each request to the API, in milliseconds. */
  latency: number;
  close(): Promise<void>;
}

type Serve = (request: Request, address: string | null) => Promise<Response>;

/**
 * Acts as the network in front of the backend: every request to it takes `latency`, is counted, and can lose its reply.
 * Pages are served at once.
 *
 * @param pages answers every request outside the API, or returns null
 */
export async function startEdge(
  serve: Serve,
  pages: (path: string) => { body: Uint8Array; type: string } | null,
): Promise<Edge> {
  const traffic: Traffic = { requests: 0, sent: 0, received: 0 };
  let doomed: string | undefined;

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const path = incoming.url ?? '/';
    const page = pages(path);
    if (page) return void outgoing.writeHead(200, pageHeaders(page.type)).end(page.body);
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    traffic.requests += 1;
    traffic.sent += body.length;
    const lost = doomed !== undefined && path.startsWith(doomed);
    if (lost) doomed = undefined;
    await delay(edge.latency);
    const reply = await serve(asRequest(edge.url, incoming, body), incoming.socket.remoteAddress ?? null);
    const content = Buffer.from(await reply.arrayBuffer());
    traffic.received += content.length;
    if (lost) return void outgoing.destroy();
    outgoing.writeHead(reply.status, Object.fromEntries(reply.headers)).end(content);
  };

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 2_048, resolve));
  const edge: Edge = {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    traffic,
    latency: 40,
    reset: () => void Object.assign(traffic, { requests: 0, sent: 0, received: 0 }),
    loseReplyTo: (path) => (doomed = path),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return edge;
}

/**
 * The app's own policy. It forbids code generated at run time, so a parser that generates its own code would look too
 * fast without it.
 */
const pageHeaders = (type: string) => ({
  'content-type': type,
  'content-security-policy': "default-src 'self'; style-src 'self' 'unsafe-inline'",
});

function asRequest(origin: string, { method, url, headers }: IncomingMessage, body: Buffer): Request {
  const plain = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || ['host', 'connection', 'content-length'].includes(name)
      ? []
      : [[name, String(value)] as [string, string]],
  );
  return new Request(origin + (url ?? '/'), {
    method: method ?? 'GET',
    headers: plain,
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }),
  });
}
