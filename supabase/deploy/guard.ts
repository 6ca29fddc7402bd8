import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a deploy would leave behind if it died now. */
export interface Charge {
  /** What the person at the terminal has to know; null: nothing. */
  lastWords?: string | null;
  /** The local Postgres to end; null: none. */
  clusterDirectory?: string | null;
}

/** A process that outlives this one, also when it is killed outright. */
export interface Guard {
  tell(charge: Charge): void;
  /** Lets it go, with the charge as it stands, and waits until it is done. */
  dismiss(): Promise<void>;
}

/** Starts the guard. It is in a group of its own, so that a Ctrl-C does not reach it. */
export function startGuard(): Guard {
  const script = fileURLToPath(new URL('guard-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const { stdin } = child;
  // A guard that died must not take the deploy with it.
  stdin.on('error', () => {});
  const ended = once(child, 'exit');
  return {
    tell: (charge) => void stdin.write(`${JSON.stringify(charge)}\n`),
    async dismiss() {
      stdin.end();
      await ended;
    },
  };
}
