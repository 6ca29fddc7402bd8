import { createServer } from 'node:http';
import { appHost, onOneOrigin } from './app-host.ts';
import { createBackend, type Backend } from './backend-app.ts';
import { BUILD, buildIfNeeded } from './build-app.ts';
import { fail } from '../terminal/explain.ts';
import { expectFree, listenOn } from './free-port.ts';
import { DEMO_PASSWORD } from './seed/accounts.ts';
import { readPort, readSettings } from './settings.ts';
import { stopOnSignals } from './shutdown.ts';

const LISTENER = { what: 'The app', variable: 'PORT' };

/** Serves the built app and, unless `BACKEND=off`, the embedded Supabase, on one port of this machine. */
async function main(): Promise<void> {
  const port = readPort(process.env, 'PORT', 4173);
  const settings = readSettings(process.env);
  await expectFree(port, LISTENER);
  await buildIfNeeded();
  let address = '';
  const backend =
    settings.backend === 'off'
      ? null
      : await createBackend({ ...settings, log: console.log, site: () => address });
  const server = createServer(onOneOrigin(appHost(BUILD), backend, settings.backendPort));
  stopOnSignals(async () => {
    server.close();
    server.closeAllConnections();
    await backend?.close();
  });
  address = `http://localhost:${await listenOn(server, port, LISTENER)}`;
  console.log(`Atomic CRM ready at ${address}`);
  printAccounts(backend?.accounts ?? []);
}

function printAccounts(accounts: Backend['accounts']): void {
  if (accounts.length === 0) return;
  console.log(`Demo accounts, password ${DEMO_PASSWORD}:`);
  for (const { email, role } of accounts) console.log(`  ${email} (${role.replace('_', '-')})`);
}

main().catch(fail);
