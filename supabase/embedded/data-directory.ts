import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LockedError, takeLock } from './lock.ts';

/** The folder that holds one embedded backend: its database, its signing secret and its lock. */
export class DataDirectory {
  constructor(readonly path: string) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }

  get database(): string {
    return join(this.path, 'postgres');
  }

  /** Whether a first initialisation has ever been completed here. */
  get hasDatabase(): boolean {
    return existsSync(this.database);
  }

  /**
   * Keeps other processes out; the result gives the folder back.
   *
   * @throws LockedError, in words for the person at the terminal
   */
  lock(): () => void {
    try {
      return takeLock(join(this.path, 'lock'));
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
      throw new LockedError(
        `The data directory ${this.path} is in use by another running backend. ${error.message} ` +
          'Stop that one first, or set DATA_DIR to another directory.',
      );
    }
  }

  /**
   * Runs `fill` on an aside folder and moves it into place when it is done, so that a first initialisation cut
   * short leaves no half-made database behind.
   */
  async initialise(fill: (directory: string) => Promise<void>): Promise<void> {
    const aside = `${this.database}.initialising`;
    rmSync(aside, { recursive: true, force: true });
    await fill(aside);
    renameSync(aside, this.database);
  }

  /** The secret that signs this backend's sessions: random, made once, readable by its owner alone. */
  get signingSecret(): string {
    const path = join(this.path, 'signing-secret');
    if (!existsSync(path)) {
      const aside = `${path}.${randomBytes(8).toString('hex')}`;
      writeFileSync(aside, randomBytes(48).toString('base64url'), { mode: 0o600 });
      renameSync(aside, path);
    }
    return readFileSync(path, 'utf8');
  }
}
