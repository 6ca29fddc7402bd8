import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished, vi } from 'vitest';
import { PUBLISHABLE_KEY } from './boot.ts';
import type { Backend } from './backend-app.ts';
import { DEMO_PASSWORD } from './seed/accounts.ts';

// Creating a database takes seconds on an idle machine and longer on a busy one.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** A new folder; remove it with {@link remove}. */
export const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'embedded-'));
export const remove = (folder: string) => rmSync(folder, { recursive: true, force: true });

export interface Answer {
  status: number;
  // Tests read answers field by field and compare what they find.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export interface Call {
  method?: string;
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
  peer?: string;
}

/** Calls a backend like the app: with the publishable key, and with a token after signing in. */
export async function call(
  backend: Pick<Backend, 'fetch'>,
  path: string,
  options: Call = {},
): Promise<Answer> {
  const {
    method = options.body === undefined ? 'GET' : 'POST',
    token,
    headers,
    peer = '127.0.0.1',
  } = options;
  const request = new Request(`http://localhost${path}`, {
    method,
    headers: {
      apikey: PUBLISHABLE_KEY,
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
  });
  const response = await backend.fetch(request, { peerAddress: peer });
  const text = await response.text();
  return { status: response.status, body: text ? (JSON.parse(text) as unknown) : null };
}

/** Signs a demo account in and returns the answer of the Auth endpoint. */
export const signIn = (backend: Pick<Backend, 'fetch'>, email: string, password = DEMO_PASSWORD) =>
  call(backend, '/auth/v1/token?grant_type=password', { body: { email, password } });

/** Runs the backend alone in its own process on a free port, and kills it at the end of the test. */
export function spawnBackend(env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'supabase/embedded/backend.ts'], {
    env: { ...process.env, BACKEND_PORT: '0', SEED: 'none', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  });
  return child;
}

/** Waits until a spawned backend answers. If it ends before that, throws with its output. */
export async function ready(child: ChildProcess): Promise<string> {
  if (!child.stdout || !child.stderr) throw new Error('The process has no output to read.');
  const said: string[] = [];
  createInterface(child.stderr).on('line', (line) => said.push(line));
  for await (const line of createInterface(child.stdout)) {
    const url = /ready at (http:\S+)/.exec(line)?.[1];
    if (url) return url;
    said.push(line);
  }
  throw new Error(`The backend ended before it was ready:\n${said.join('\n')}`);
}

/** The exit code and the output of a process that ends by itself. */
export async function ended(child: ChildProcess): Promise<{ code: number | null; said: string }> {
  let said = '';
  child.stdout?.on('data', (chunk) => (said += chunk));
  child.stderr?.on('data', (chunk) => (said += chunk));
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, said };
}
