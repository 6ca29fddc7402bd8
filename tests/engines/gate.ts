import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** When the gate holds a request: before it reaches the server, or after the server has answered. */
type Moment = 'before the server' | 'before the browser';

/** A server with an address, such as `http://localhost:4173`. */
interface Target {
  url: string;
}

/** A proxy between the browser and the server. It can hold one kind of request as long as a test wants. */
export class Gate {
  #server = createServer();
  #target: Target;
  #kept: { path: string; moment: Moment } | undefined;
  #waiting: (() => void)[] = [];
  #arrived: (() => void) | undefined;

  /** @param usual the server behind the gate, unless a test chooses another */
  constructor(readonly usual: Target) {
    this.#target = usual;
    this.#server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
      void this.#pass(incoming, outgoing).catch(() => outgoing.destroy());
    });
  }

  /** Opens the gate at a free address, which stays the same from now on. */
  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /**
   * Holds requests to `path` from now on.
   *
   * @returns a promise that resolves when the first of them is held
   */
  keep(path: string, moment: Moment): Promise<void> {
    this.#kept = { path, moment };
    return new Promise((arrived) => (this.#arrived = arrived));
  }

  /** Lets everything through, including the held requests. */
  open(): void {
    this.#kept = undefined;
    for (const goOn of this.#waiting.splice(0)) goOn();
  }

  /** Leads to another server until the next reset. */
  leadTo(target: Target): void {
    this.#target = target;
  }

  /** Holds nothing, and leads to the usual server. */
  reset(): void {
    this.#target = this.usual;
    this.open();
  }

  async close(): Promise<void> {
    this.open();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method, url: path = '/', headers } = incoming;
    await this.#wait(path, 'before the server');
    const { port } = new URL(this.#target.url);
    const onward = request({ port, method, path, headers });
    incoming.pipe(onward);
    const [answer] = (await once(onward, 'response')) as [IncomingMessage];
    await this.#wait(path, 'before the browser');
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  }

  async #wait(path: string, moment: Moment): Promise<void> {
    if (this.#kept?.path !== path || this.#kept.moment !== moment) return;
    await new Promise<void>((goOn) => {
      this.#waiting.push(goOn);
      this.#arrived?.();
    });
  }
}
