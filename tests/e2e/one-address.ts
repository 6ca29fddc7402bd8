import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appHost, onOneOrigin } from '../../supabase/embedded/app-host';

/** One address that serves the builds of several releases, one after another, in front of the same backend. */
export class OneAddress {
  #answer: RequestListener;

  private constructor(
    readonly server: Server,
    readonly backendPort: number,
    folder: string,
  ) {
    this.#answer = onOneOrigin(appHost(folder), null, backendPort);
    server.on('request', (request, response) => this.#answer(request, response));
  }

  /** @param folder the first build */
  static async of(folder: string, backendPort: number): Promise<OneAddress> {
    const address = new OneAddress(createServer(), backendPort, folder);
    address.server.listen(0, '127.0.0.1');
    await once(address.server, 'listening');
    return address;
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on the address serves the files of this build, and no longer those of the previous one. */
  release(folder: string): void {
    this.#answer = onOneOrigin(appHost(folder), null, this.backendPort);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
