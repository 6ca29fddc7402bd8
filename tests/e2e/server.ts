/** Starts and stops the real server for one test: the built app with its embedded backend. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Sentence } from '../../supabase/terminal/sentence';

export interface Running {
  port: number;
  url: string;
  /** Every line it has printed so far. */
  printed: readonly string[];
  /** Stops it like a power cut, without warning. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const entries = { app: 'supabase/embedded/start.ts', backend: 'supabase/embedded/backend.ts' };

/**
 * @param entry the app (with the backend inside, unless `BACKEND=off`), or the backend alone
 * @throws Sentence with everything it printed if it ends before it is ready
 */
export async function start(entry: keyof typeof entries, env: Record<string, string>): Promise<Running> {
  const child = spawn(process.execPath, ['--import', 'tsx', entries[entry]], {
    env: { ...process.env, DO_NOT_TRACK: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  const url = await ready(child, printed);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  const port = Number(new URL(url).port);
  return { port, url, printed, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

function ready(child: ChildProcess, printed: string[]): Promise<string> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('The server has no output.');
  return new Promise((resolve, reject) => {
    const read = (line: string) => {
      printed.push(line);
      const url = /ready at (http:\/\/localhost:\d+)/.exec(line)?.[1];
      if (url) resolve(url);
    };
    createInterface({ input: stdout }).on('line', read);
    createInterface({ input: stderr }).on('line', read);
    child.once('error', reject);
    // Not `exit`, which may come before the last of its output.
    child.once('close', (code) => {
      const said = printed.join('\n') || `The server ended with code ${code} and printed nothing.`;
      reject(new Sentence(said));
    });
  });
}
