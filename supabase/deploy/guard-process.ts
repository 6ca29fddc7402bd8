import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Cleanup } from './guard.ts';

// Runs next to a deploy and reads from it what to do if the deploy dies now. The pipe ends when the
// deploy ends, for whatever reason; the guard then carries out the last cleanup it read.
let cleanup: Cleanup = {};
for await (const line of createInterface({ input: process.stdin }))
  cleanup = { ...cleanup, ...(JSON.parse(line) as Cleanup) };
if (cleanup.message) process.stderr.write(`\n${cleanup.message}\n`);
if (cleanup.clusterDirectory) await endCluster(cleanup.clusterDirectory);

async function endCluster(directory: string): Promise<void> {
  const pid = Number(
    (await readFile(join(directory, 'data', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0],
  );
  if (pid > 0) {
    try {
      process.kill(pid, 'SIGINT');
      while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 50));
    } catch {
      // It has already exited.
    }
  }
  await rm(directory, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
