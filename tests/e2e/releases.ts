import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { NextRelease } from './next-release';

const isText = /^(text\/|application\/(javascript|json|manifest))/;

/**
 * A fault in the answer for a file: the connection is cut, or the app's page comes instead (the latest, or that of the
 * previous release).
 */
type Disturbance = 'cut' | 'page' | 'page before';

/** Whether a request comes from the service worker, which stores the app, and not from the page, which runs it. */
export const isToStore = ({ headers }: IncomingMessage): boolean => headers['sec-fetch-dest'] === 'empty';

/** The same app at a separate address, where a new version can be released at any moment. */
export class Releases {
  #release: NextRelease | undefined;
  #before: NextRelease | undefined;
  /** Called for every request for a file. */
  disturb: (path: string, request: IncomingMessage) => Disturbance | undefined = () => undefined;

  private constructor(
    readonly server: Server,
    readonly port: number,
  ) {
    server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) =>
      this.#answer(incoming, outgoing),
    );
  }

  static async before(port: number): Promise<Releases> {
    const releases = new Releases(createServer(), port);
    releases.server.listen(0, '127.0.0.1');
    await once(releases.server, 'listening');
    return releases;
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on every file of the app has another name, and those of the previous release are gone. */
  release(protocol = 1): void {
    this.#before = this.#release;
    this.#release = new NextRelease((this.#release?.number ?? 1) + 1, protocol);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  #answer(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method, headers } = incoming;
    const asked = incoming.url ?? '/';
    const isFile = !/^\/(auth|rest|embedded)\//.test(asked);
    const disturbance = isFile ? this.disturb(asked, incoming) : undefined;
    if (disturbance === 'cut') return void outgoing.destroy();
    const url = disturbance ? '/' : asked;
    const release = disturbance === 'page before' ? this.#before : isFile ? this.#release : undefined;
    const path = release ? release.source(url) : url;
    if (path === undefined) return void outgoing.writeHead(404).end();
    const onwardHeaders = release ? { ...headers, 'accept-encoding': 'identity' } : headers;
    const onward = request({ port: this.port, method, path, headers: onwardHeaders }, (answer) => {
      const status = answer.statusCode ?? 502;
      const type = answer.headers['content-type'] ?? '';
      if (release && isText.test(type)) return void this.#rewritten(release, answer, outgoing);
      outgoing.writeHead(status, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  }

  async #rewritten(release: NextRelease, answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = release.rewrite(await text(answer));
    const type = answer.headers['content-type'] ?? '';
    outgoing.writeHead(answer.statusCode ?? 502, { 'content-type': type, 'cache-control': 'no-cache' });
    outgoing.end(body);
  }
}
