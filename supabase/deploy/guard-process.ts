import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Charge } from './guard.ts';

// Runs beside a deploy and reads from it what would be left behind if it died now. When the pipe ends, so has the deploy,
// whatever the way: the last charge is then carried out.
let charge: Charge = {};
for await (const line of createInterface({ input: process.stdin }))
  charge = { ...charge, ...(JSON.parse(line) as Charge) };
if (charge.lastWords) process.stderr.write(`\n${charge.lastWords}\n`);
if (charge.clusterDirectory) await endCluster(charge.clusterDirectory);

async function endCluster(directory: string): Promise<void> {
  const pid = Number(
    (await readFile(join(directory, 'data', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0],
  );
  if (pid > 0) {
    try {
      process.kill(pid, 'SIGINT');
      while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 50));
    } catch {
      // It ended by itself.
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
