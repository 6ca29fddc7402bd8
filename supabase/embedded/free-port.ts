import { once } from 'node:events';
import { createServer } from 'node:net';

/** Fails with EADDRINUSE if a port of this machine is taken: before any work, not after a build and a database. */
export async function expectFree(port: number): Promise<void> {
  const probe = createServer().listen(port, '127.0.0.1');
  await once(probe, 'listening');
  probe.close();
  await once(probe, 'close');
}
