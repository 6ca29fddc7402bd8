import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The same app at an address of its own, where a new version can be released at any moment. */
export class Releases {
  #released = 0;

  private constructor(readonly server: Server) {}

  static async before(port: number): Promise<Releases> {
    const server = createServer((incoming, outgoing) => {
      const { method, url: path, headers } = incoming;
      const isWorker = path === '/service-worker.js';
      const onward = request(
        { port, method, path, headers: isWorker ? { ...headers, 'accept-encoding': 'identity' } : headers },
        (answer) => {
          if (!isWorker) {
            outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
            answer.pipe(outgoing);
            return;
          }
          outgoing.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-cache' });
          answer.on('data', (part: Buffer) => outgoing.write(part));
          answer.on('end', () => outgoing.end(`\n// release ${releases.#released}`));
        },
      );
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
    });
    const releases = new Releases(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return releases;
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on the service worker is another. */
  release(): void {
    this.#released += 1;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
