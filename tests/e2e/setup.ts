import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail } from '../../supabase/terminal/explain';
import { start } from './server';

/** Builds the app once and creates one data directory with the demo data, which every test copies. */
export default () => setup().catch(fail);

async function setup(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'atomic-crm-e2e-'));
  const template = join(folder, 'template');
  const server = await start('app', { PORT: '0', DATA_DIR: template, SEED: 'demo' });
  await server.stop();
  process.env.ATOMIC_CRM_TEMPLATE = template;
  return () => rmSync(folder, { recursive: true, force: true });
}
