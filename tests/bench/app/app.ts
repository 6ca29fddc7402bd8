import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstLoad } from '../../e2e/first-load';
import { start, type Running } from '../../e2e/server';
import { startBrowser } from '../browser';
import { atMost, type Figure, type Section } from '../report/figures';
import { measureColdStart, signIn } from './cold-start';
import { canMeasureLarge, measureLargeSet } from './large';
import { measureLighthouse } from './lighthouse';
import { measureReloads, reloadFigures, type Reloads } from './reloads';

const kB = 1000;

/** Measures the built app as people meet it: its size, its offline start, and its Lighthouse scores. */
export async function measureApp(rounds: number, log: (line: string) => void): Promise<Section> {
  const demo = await withApp('demo', async (server) => {
    const figures = await measureFirstLoad(server.url);
    const { figures: scores, table } = await measureLighthouse(server.url, log);
    figures.push(...scores);
    figures.unshift(...(await measureColdStart(server.url, rounds, () => server.stop())));
    return { figures, tables: [table], plots: [] };
  });
  if (!canMeasureLarge()) return demo;
  const small = await withApp('demo', (server) => reloadsOf(server, rounds));
  const large = await withApp('large', async (server) => [
    ...(await measureLargeSet(server.url)),
    ...reloadFigures(await reloadsOf(server, rounds), small),
  ]).catch((error: unknown) => {
    log(`The large working set could not be measured: ${String(error)}`);
    return [{ name: 'the large working set was measured', value: 0, unit: '', target: 'yes', pass: false }];
  });
  return { ...demo, figures: [...demo.figures, ...large] };
}

/** Opens every list of the app with its working set. It stops the server. */
async function reloadsOf(server: Running, rounds: number): Promise<Reloads> {
  const browser = await startBrowser();
  try {
    return await measureReloads(browser, server.url, rounds, () => server.stop());
  } finally {
    await browser.close();
  }
}

/** Runs `job` with the built app on its own seed, then stops the app and removes the data. */
async function withApp<T>(seed: string, job: (server: Running) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'atomic-crm-bench-app-'));
  const server = await start('app', { PORT: '0', DATA_DIR: join(folder, 'data'), SEED: seed });
  try {
    return await job(server);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureFirstLoad(url: string): Promise<Figure[]> {
  const browser = await startBrowser();
  try {
    const login = await firstLoad(
      await browser.context.newPage(),
      `${url}/login`,
      'form button[type=submit]',
    );
    await signIn(await browser.context.newPage(), url, 'rep@example.com');
    // A new page that bypasses the service worker, as on a first visit.
    const page = await browser.context.newPage();
    const protocol = await browser.context.newCDPSession(page);
    await protocol.send('Network.setBypassServiceWorker', { bypass: true });
    const contacts = await firstLoad(page, `${url}/contacts`, 'main li a[href^="/contacts/"]');
    return [
      atMost('script of the first load of /contacts until the list is painted', contacts / kB, 'kB gz', 110),
      atMost('script of the first load of /login', login / kB, 'kB gz', 60),
    ];
  } finally {
    await browser.close();
  }
}
