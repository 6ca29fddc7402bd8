import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBackend } from './backend-app.ts';
import { explain } from '../terminal/explain.ts';
import { expectFree } from './free-port.ts';
import { readSettings } from './settings.ts';
import { stopOnSignals } from './shutdown.ts';

/** The embedded Supabase alone, for an app that was started with `BACKEND=off`. */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  await expectFree(settings.backendPort);
  const backend = await createBackend({ ...settings, log: console.log });
  const server = createServer((request, response) => void backend.listener(request, response));
  stopOnSignals(async () => {
    server.close();
    server.closeAllConnections();
    await backend.close();
  });
  server.listen(settings.backendPort, '127.0.0.1');
  await once(server, 'listening');
  console.log(`Backend ready at http://localhost:${(server.address() as AddressInfo).port}`);
}

main().catch((error: unknown) => {
  console.error(explain(error));
  process.exit(1);
});
