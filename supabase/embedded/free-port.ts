import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** Fails with EADDRINUSE if a port of this machine is taken: before any work, not after a build and a database. */
export async function expectFree(port: number): Promise<void> {
  await listenOnce(port);
}

/** A port of this machine that nobody listens on; somebody may take it before the caller does. */
export const freePort = (): Promise<number> => listenOnce(0);

async function listenOnce(wanted: number): Promise<number> {
  const probe = createServer().listen(wanted, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
