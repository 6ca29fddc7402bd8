import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { DataDirectory } from '../../supabase/embedded/data-directory';
import { fail } from '../../supabase/terminal/explain';
import { start } from '../e2e/server';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the embedded backend. */
    backend: string;
    /** The secret that it signs sessions with, for tokens that are genuine in all ways but one. */
    signingSecret: string;
  }
}

/** Starts the embedded backend with the demo data on a free port. The tests reach it only over HTTP. */
export default (project: TestProject) => setup(project).catch(fail);

async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'atomic-crm-http-'));
  const server = await start('backend', { BACKEND_PORT: '0', DATA_DIR: folder, SEED: 'demo' });
  project.provide('backend', `http://127.0.0.1:${server.port}`);
  project.provide('signingSecret', new DataDirectory(folder).signingSecret);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
