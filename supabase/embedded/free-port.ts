import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { CannotStart } from '../terminal/cannot-start.ts';

/** Who wants to listen, in the words of the person at the terminal. */
export interface Listener {
  /** Such as "The app". */
  what: string;
  /** The setting that the port comes from. */
  variable: string;
}

/**
 * Makes sure that a port of this machine can be used: before any work, not after a build and a database.
 *
 * @throws CannotStart when it is taken or not allowed
 */
export async function expectFree(port: number, listener: Listener): Promise<void> {
  const probe = createServer();
  await listenOn(probe, port, listener);
  await closed(probe);
}

/**
 * Listens on a port of 127.0.0.1; returns the port, which is a free one when 0 was asked for.
 *
 * @throws CannotStart when the port is taken or not allowed
 */
export async function listenOn(server: Server, port: number, { what, variable }: Listener): Promise<number> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new CannotStart(
        what,
        `port ${port} is in use`,
        `stop what runs there, or set ${variable} to another port`,
      );
    if (code === 'EACCES')
      throw new CannotStart(what, `only root may use port ${port}`, `set ${variable} to a port from 1024 on`);
    throw error;
  }
  return (server.address() as AddressInfo).port;
}

/** A port of this machine that nobody listens on; somebody may take it before the caller does. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await closed(probe);
  return port;
}

async function closed(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
