import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Milliseconds between two portions of a line's data. On a busy machine it takes longer, and the portion is larger. */
const tick = 50;
/** If a tick is later than this many milliseconds, the time beyond it is not made up for. */
const longestTick = 1_000;

/** The traffic in one direction, over all connections of a line. */
class Direction {
  readonly #waiting: { from: Socket; to: Socket; rest: Buffer }[] = [];

  carry(from: Socket, to: Socket): void {
    from.on('data', (chunk: Buffer) => {
      from.pause();
      this.#waiting.push({ from, to, rest: chunk });
    });
    from.on('end', () => this.#waiting.push({ from, to, rest: Buffer.alloc(0) }));
  }

  /** Lets this many whole bytes through, taking turns between the connections. */
  pass(bytes: number): void {
    for (let left = bytes; left > 0 && this.#waiting.length > 0;) {
      const next = this.#waiting.shift();
      if (!next || next.to.destroyed) continue;
      const part = next.rest.subarray(0, Math.min(left, 1_500));
      if (part.length === 0) {
        next.to.end();
        continue;
      }
      next.to.write(part);
      left -= part.length;
      next.rest = next.rest.subarray(part.length);
      if (next.rest.length > 0) this.#waiting.push(next);
      else next.from.resume();
    }
  }
}

/** A slow line to a server on this machine, which can be cut. */
export class SlowLine {
  /** The line's capacity in each direction. */
  bitsPerSecond = Infinity;
  readonly #sockets = new Set<Socket>();
  readonly #directions = [new Direction(), new Direction()] as const;
  readonly #timer = setInterval(() => this.#pass(), tick);
  #passed = performance.now();

  private constructor(
    private readonly server: Server,
    private readonly port: number,
  ) {
    server.on('connection', (here: Socket) => this.#connect(here));
  }

  static async to(port: number): Promise<SlowLine> {
    const line = new SlowLine(createServer(), port);
    line.server.listen(0, '127.0.0.1');
    await once(line.server, 'listening');
    return line;
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** Ends all current connections; new ones work again. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  #connect(here: Socket): void {
    const there = connect(this.port, '127.0.0.1');
    const [up, down] = this.#directions;
    up.carry(here, there);
    down.carry(there, here);
    for (const [one, other] of [
      [here, there],
      [there, here],
    ] as const) {
      this.#sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => this.#sockets.delete(one));
    }
  }

  #pass(): void {
    const now = performance.now();
    const bytes = (this.bitsPerSecond / 8 / 1000) * Math.min(longestTick, now - this.#passed);
    this.#passed = now;
    for (const direction of this.#directions) direction.pass(Math.floor(bytes));
  }
}

/**
 * Cuts a line at this interval in milliseconds until the returned function is called. It returns the number of cuts.
 */
export function cutEvery(line: SlowLine, milliseconds: number): () => number {
  let cuts = 0;
  const timer = setInterval(() => {
    cuts += 1;
    line.cut();
  }, milliseconds);
  return () => {
    clearInterval(timer);
    return cuts;
  };
}
