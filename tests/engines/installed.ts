/** Finds the engines that are installed on this machine. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export const engines = ['webkitgtk', 'firefox'] as const;
export type Engine = (typeof engines)[number];

/** The system's own Python, because another one that comes first in `PATH` does not see the system's packages. */
export const python = '/usr/bin/python3';

const packages: Record<Engine, string> = {
  webkitgtk: 'webkit2gtk-driver xvfb dbus python3-gi gir1.2-webkit2-4.1',
  firefox: 'firefox-esr',
};

/** The full path of a command. */
export function findCommand(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

export const findFirefox = () => findCommand('firefox-esr', 'firefox');

const answers: Record<Engine, () => boolean> = {
  webkitgtk: () =>
    !!findCommand('WebKitWebDriver') &&
    !!findCommand('Xvfb') &&
    spawnSync(python, ['-c', 'import gi; gi.require_version("WebKit2", "4.1")']).status === 0,
  firefox: () => !!findFirefox(),
};

export const isInstalled = (engine: Engine): boolean => answers[engine]();

/** The packages to install for a missing engine, as text. */
export const needs = (engine: Engine): string => `it is not installed (Debian: ${packages[engine]})`;
