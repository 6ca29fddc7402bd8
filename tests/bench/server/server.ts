import { App } from '@supabase/lite';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBackend, type Backend } from '../../../supabase/embedded/backend-app';
import { PUBLISHABLE_KEY } from '../../../supabase/embedded/boot';
import { DataDirectory } from '../../../supabase/embedded/data-directory';
import { runScripts } from '../../../supabase/postgres/connect';
import type { Cluster } from './cluster';
import { fill } from './data';
import { startEdge, type Edge } from './edge';

/** The address where the compared clients reach their table. */
const peersPath = '/peers';

export interface BenchServer {
  edge: Edge;
  backend: Backend;
  signingSecret: string;
  stop(): Promise<void>;
}

/**
 * Starts the product's own backend on a new database of `cluster` with the requested number of contacts, behind an edge
 * with latency. The same backend serves the table of the compared clients, in a schema that only this benchmark has.
 */
export async function startServer(
  cluster: Cluster,
  contacts: number,
  pages: Parameters<typeof startEdge>[1] = () => null,
): Promise<BenchServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'atomic-crm-bench-'));
  const databaseUrl = await cluster.createDatabase();
  const backend = await createBackend({ dataDir, databaseUrl, seed: 'none' });
  await backend.database.script(readFileSync(new URL('peers.sql', import.meta.url), 'utf8'));
  await fill(backend.database, contacts);
  await runScripts(databaseUrl, 'vacuum analyze');
  const { signingSecret } = new DataDirectory(dataDir);
  const peers = peersApi(backend, signingSecret);
  await backend.database.connection.clearSchemaCache();
  await backend.database.connection.introspect();
  const edge = await startEdge((request, peerAddress) => {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith(`${peersPath}/`)) return backend.fetch(request, { peerAddress });
    return Promise.resolve(peers.fetch(withoutPrefix(request), { peerAddress }));
  }, pages);
  return {
    edge,
    backend,
    signingSecret,
    async stop() {
      await edge.close();
      await backend.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function peersApi({ database }: Backend, jwt_secret: string): App {
  return new App({
    connection: database.connection,
    // The most rows in one answer, as on a hosted project.
    api: { schemas: ['bench'], max_rows: 1000 },
    studio: { enabled: false },
    storage: { enabled: false },
    auth: { enabled: true, jwt_secret, publishable_key: PUBLISHABLE_KEY, secret_key: 'sb_secret_bench' },
    options: { server: { admin: false } },
  });
}

function withoutPrefix(request: Request): Request {
  const headers = new Headers(request.headers);
  headers.set('accept-profile', 'bench');
  headers.set('content-profile', 'bench');
  const { method, body } = request;
  const init: RequestInit & { duplex: 'half' } = { method, headers, duplex: 'half' };
  if (body) init.body = body;
  // PostgREST accepts quoted names in conditions; the embedded backend does not.
  return new Request(request.url.replace(peersPath, '').replaceAll('%22', ''), init);
}
