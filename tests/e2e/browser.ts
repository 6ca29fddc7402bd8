/** Finds a Chromium for the browser tests, or installs one if possible. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { CannotStart } from '../../supabase/terminal/cannot-start';

const WHAT = 'Chromium';
const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
];

function executable(path: string | undefined): path is string {
  try {
    if (!path) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A stub that only offers to install a browser does not answer, and neither does a browser without its libraries. */
const answers = (path: string) => spawnSync(path, ['--version'], { timeout: 15_000 }).status === 0;

function candidates(): string[] {
  if (process.platform === 'darwin')
    return macApps.flatMap((app) =>
      ['/Applications', join(homedir(), 'Applications')].map(
        (root) => `${root}/${app}.app/Contents/MacOS/${app}`,
      ),
    );
  if (process.platform === 'win32')
    return [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
      .filter((root) => root !== undefined)
      .flatMap((root) => [
        join(root, 'Google/Chrome/Application/chrome.exe'),
        join(root, 'Microsoft/Edge/Application/msedge.exe'),
      ]);
  return (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => commands.map((name) => join(folder, name)));
}

/**
 * The browser to start: `CHROMIUM_PATH`, then Playwright's own (an empty object), then one of the system.
 *
 * @throws CannotStart when `CHROMIUM_PATH` does not name a working browser
 */
export function findBrowser(): { executablePath?: string } | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!executable(named) || !answers(named))
      throw new CannotStart(
        WHAT,
        `CHROMIUM_PATH names ${named}, which does not run`,
        'set it to the file of a Chromium, or leave it out',
      );
    return { executablePath: named };
  }
  const own = chromium.executablePath();
  if (executable(own) && answers(own)) return {};
  const found = candidates().find((path) => executable(path) && answers(path));
  return found ? { executablePath: found } : undefined;
}

/**
 * Like `findBrowser`, but installs a browser if there is none.
 *
 * @throws CannotStart when it cannot.
 */
export function ensureBrowser(): { executablePath?: string } {
  const found = findBrowser();
  if (found) return found;
  const run = (command: string, ...args: string[]) =>
    spawnSync(command, args, { stdio: 'inherit', timeout: 300_000 });
  run('npx', 'playwright', 'install', 'chromium');
  if (!findBrowser() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    run('apt-get', 'update');
    run('apt-get', 'install', '-y', '--no-install-recommends', 'chromium');
  }
  const installed = findBrowser();
  if (installed) return installed;
  throw new CannotStart(
    WHAT,
    'no working one is installed and none could be installed',
    'run "npx playwright install --with-deps chromium", or set CHROMIUM_PATH to the program file of a Chromium',
  );
}
