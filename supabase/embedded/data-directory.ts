import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from '../terminal/cannot-start.ts';
import { LockedError, takeLock } from './lock.ts';

/** The system's error codes as text. */
const TROUBLE: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EEXIST: 'it is a file',
  ENOTDIR: 'a part of the path is a file',
};

/** The folder of one embedded backend: its database, its signing secret and its lock. */
export class DataDirectory {
  constructor(readonly path: string) {
    this.#writing(() => mkdirSync(path, { recursive: true, mode: 0o700 }));
  }

  get database(): string {
    return join(this.path, 'postgres');
  }

  /** Whether a first initialization has ever been completed here. */
  get hasDatabase(): boolean {
    return existsSync(this.database);
  }

  /**
   * Keeps other processes out. The result releases the folder.
   *
   * @throws LockedError or CannotStart with a message for the person at the terminal
   */
  lock(): () => void {
    try {
      return this.#writing(() => takeLock(join(this.path, 'lock')));
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
      throw new LockedError(
        `The backend cannot start because the data directory ${this.path} is in use by process ${error.pid}; ` +
          'stop that process, or set DATA_DIR to another folder.',
        error.pid,
      );
    }
  }

  /**
   * Runs `fill` in a temporary folder and moves that folder into place when it is done, so that an interrupted first
   * initialization leaves no half-made database behind.
   */
  async initialize(fill: (directory: string) => Promise<void>): Promise<void> {
    const aside = `${this.database}.initializing`;
    rmSync(aside, { recursive: true, force: true });
    await fill(aside);
    renameSync(aside, this.database);
  }

  /** The secret that signs this backend's sessions: random, created once, readable only by its owner. */
  get signingSecret(): string {
    const path = join(this.path, 'signing-secret');
    return this.#writing(() => {
      if (!existsSync(path)) {
        const aside = `${path}.${randomBytes(8).toString('hex')}`;
        writeFileSync(aside, randomBytes(48).toString('base64url'), { mode: 0o600 });
        renameSync(aside, path);
      }
      return readFileSync(path, 'utf8');
    });
  }

  /** @throws CannotStart when the system does not let `job` work in this folder */
  #writing<T>(job: () => T): T {
    try {
      return job();
    } catch (error) {
      const { code, syscall } = error as NodeJS.ErrnoException;
      if (!code || !syscall) throw error;
      throw new CannotStart(
        'The backend',
        `the data directory ${this.path} cannot be used (${TROUBLE[code] ?? code})`,
        'set DATA_DIR to a folder that you can write to',
      );
    }
  }
}
