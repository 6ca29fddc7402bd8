import { expect, onTestFinished, test } from 'vitest';
import { scriptWith } from '../e2e/app-files';
import { Releases } from '../e2e/releases';
import { rep, signIn, status } from './app';
import type { Scene } from './scene';
import type { Tab } from './tab';

const isWorker = (path: string) => path === '/service-worker.js';

/** The app behind a connection that can be cut, without anything stored on the device, and a tab. */
async function start({ crm, newDevice }: Scene): Promise<{ app: Releases; tab: Tab }> {
  const app = await Releases.before(crm.port);
  onTestFinished(() => app.close());
  const { tab } = await newDevice().open();
  return { app, tab };
}

export function lostCode(scene: Scene): void {
  test('recovers from lost code at Sign in by Reload', async () => {
    const { app, tab } = await start(scene);
    app.disturb = (path) => (isWorker(path) ? 'cut' : undefined);
    await tab.go(`${app.url}/login`);
    await tab.role('button', `Use ${rep}`).click();
    app.disturb = () => 'cut';
    await tab.role('button', 'Sign in').click();
    const problem = tab.role('alert');
    await expect.poll(() => problem.text()).toContain('A part of the app could not be loaded');
    app.disturb = (path) => (isWorker(path) ? 'cut' : undefined);
    await tab.role('button', 'Reload').click();
    // The page that loads has no message to show.
    await expect.poll(() => problem.text(), { timeout: 15_000 }).toBe('');
    await signIn(tab, app, rep);
  }, 120_000);

  test('resumes a sync by itself after its code was lost', async () => {
    const { app, tab } = await start(scene);
    app.disturb = (path) => (isWorker(path) ? 'cut' : undefined);
    await signIn(tab, app, rep);
    // The browser has nothing of a new release yet.
    app.release();
    const client = scriptWith('GoTrueClient');
    const gone = (path: string) => isWorker(path) || path.endsWith(client) || path === '/favicon.svg';
    app.disturb = (path) => (gone(path) ? 'cut' : undefined);
    await tab.go(`${app.url}/tasks`);
    await status(tab, /^Offline$/);
    app.disturb = (path) => (isWorker(path) ? 'cut' : undefined);
    await status(tab, /^Synced/, 60_000);
    expect(await tab.path()).toBe('/tasks');
  }, 120_000);
}
