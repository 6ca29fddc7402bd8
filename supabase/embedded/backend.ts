import { createServer } from 'node:http';
import { createBackend } from './backend-app.ts';
import { fail } from '../terminal/explain.ts';
import { expectFree, listenOn } from './free-port.ts';
import { readSettings } from './settings.ts';
import { stopOnSignals } from './shutdown.ts';

const LISTENER = { what: 'The backend', variable: 'BACKEND_PORT' };

/** The embedded Supabase alone, for an app that was started with `BACKEND=off`. */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  await expectFree(settings.backendPort, LISTENER);
  const backend = await createBackend({ ...settings, log: console.log });
  const server = createServer((request, response) => void backend.listener(request, response));
  stopOnSignals(async () => {
    server.close();
    server.closeAllConnections();
    await backend.close();
  });
  const port = await listenOn(server, settings.backendPort, LISTENER);
  console.log(`Backend ready at http://localhost:${port}`);
}

main().catch(fail);
