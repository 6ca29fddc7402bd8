import { preview, type PreviewServer } from 'vite';
import type { AddressInfo } from 'node:net';
import { buildIfNeeded, CONFIG_LOADER } from './build-app';
import { explain } from './explain';
import { expectFree } from './free-port';
import type { EmbeddedSupabaseApi } from './plugin';
import { DEMO_PASSWORD } from './seed/accounts';
import { readPort } from './settings';
import { stopOnSignals } from './shutdown';

/** The built app and, unless `BACKEND=off`, the embedded Supabase, on one port of this machine. */
async function main(): Promise<void> {
  const port = readPort(process.env, 'PORT', 4173);
  await expectFree(port);
  await buildIfNeeded();
  const server = await preview({
    preview: { host: '127.0.0.1', port, strictPort: port !== 0 },
    configLoader: CONFIG_LOADER,
    logLevel: 'warn',
  });
  stopOnSignals(() => server.close());
  console.log(`Atomic CRM ready at http://localhost:${(server.httpServer.address() as AddressInfo).port}`);
  printAccounts(server);
}

function printAccounts({ config }: PreviewServer): void {
  const plugin = config.plugins.find(({ name }) => name === 'embedded-supabase');
  const accounts = (plugin?.api as EmbeddedSupabaseApi | undefined)?.accounts() ?? [];
  if (accounts.length === 0) return;
  console.log(`Demo accounts, password ${DEMO_PASSWORD}:`);
  for (const { email, role } of accounts) console.log(`  ${email} (${role.replace('_', '-')})`);
}

main().catch((error: unknown) => {
  console.error(explain(error));
  process.exit(1);
});
