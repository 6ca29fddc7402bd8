import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const running = new Set<string>();
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;
let isListening = false;

/**
 * Stops the Postgres in a folder and removes the folder when this process ends. Returns a function that cancels both.
 */
export function endWithThisProcess(directory: string): () => void {
  running.add(directory);
  listen();
  return () => void running.delete(directory);
}

function listen(): void {
  if (isListening) return;
  isListening = true;
  process.on('exit', () => running.forEach(endNow));
  for (const [signal, number] of Object.entries(SIGNALS))
    process.on(signal, () => {
      // Another listener decides when the process ends.
      if (process.listenerCount(signal) === 1) process.exit(128 + number);
    });
}

function endNow(directory: string): void {
  try {
    const [pid] = readFileSync(join(directory, 'data', 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 'SIGQUIT');
  } catch {
    // It is not running, or has already exited.
  }
  try {
    rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  } catch {
    // The next start removes the rest.
  }
}
