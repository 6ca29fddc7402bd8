import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { CannotStart } from '../terminal/cannot-start.ts';

/** The service that wants to listen, as the messages name it. */
export interface Listener {
  /** Such as "The app". */
  what: string;
  /** The setting that gives the port. */
  variable: string;
}

/**
 * Checks that a port of this machine can be used. Called first, so that a failure does not come after a build and a
 * database start.
 *
 * @throws CannotStart when it is taken or not allowed
 */
export async function expectFree(port: number, listener: Listener): Promise<void> {
  const probe = createServer();
  await listenOn(probe, port, listener);
  await closed(probe);
}

/**
 * Listens on a port of 127.0.0.1 and returns the port; 0 chooses a free one.
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
        `stop the program that uses it, or set ${variable} to another port`,
      );
    if (code === 'EACCES')
      throw new CannotStart(what, `only root may use port ${port}`, `set ${variable} to 1024 or higher`);
    throw error;
  }
  return (server.address() as AddressInfo).port;
}

/** A port of this machine that nobody listens on. Another process may take it before the caller does. */
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
