import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The task of the guard if the deploy dies now. */
export interface Cleanup {
  /** The message for the person at the terminal; null if there is none. */
  message?: string | null;
  /** The folder of the local Postgres to stop; null if there is none. */
  clusterDirectory?: string | null;
}

/** A process that outlives this one, even if this one is killed. */
export interface Guard {
  tell(cleanup: Cleanup): void;
  /** Ends the pipe, so that the guard acts on the latest cleanup, and waits until it is done. */
  dismiss(): Promise<void>;
}

/** Starts the guard in its own process group, so that Ctrl-C does not reach it. */
export function startGuard(): Guard {
  const script = fileURLToPath(new URL('guard-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const { stdin } = child;
  // If the guard dies, the deploy must go on.
  stdin.on('error', () => {});
  const ended = once(child, 'exit');
  return {
    tell: (cleanup) => void stdin.write(`${JSON.stringify(cleanup)}\n`),
    async dismiss() {
      stdin.end();
      await ended;
    },
  };
}
