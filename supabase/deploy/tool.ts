import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** The exit code of a program and what it printed. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end. If it cannot be started at all, the code is 127. */
export function run(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
  cwd = process.cwd(),
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('error', (error) => resolve({ code: 127, stdout, stderr: String(error) }));
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}

/** Runs the Supabase CLI of this checkout, without telemetry and without its notice about local TLS. */
export async function supabaseCli(args: string[]): Promise<Outcome> {
  const env = { DO_NOT_TRACK: '1', SUPABASE_TELEMETRY_DISABLED: '1', SUPABASE_YES: 'true' };
  const outcome = await run(
    process.execPath,
    [bin(require.resolve('supabase/package.json'), 'supabase'), ...args],
    env,
  );
  return { ...outcome, stdout: withoutNotices(outcome.stdout), stderr: withoutNotices(outcome.stderr) };
}

const withoutNotices = (text: string) =>
  text
    .split('\n')
    .filter((line) => !/without TLS|^\s*│\s*$|--debug to troubleshoot/.test(line))
    .join('\n');

/** Runs the migration linter of this checkout. */
export const squawk = (args: string[]) =>
  run(process.execPath, [bin(require.resolve('squawk-cli/package.json'), 'squawk'), ...args]);

/** The JavaScript file that implements a package's command. */
function bin(manifest: string, command: string): string {
  const { bin: bins } = require(manifest) as { bin: string | Record<string, string> };
  const file = typeof bins === 'string' ? bins : bins[command];
  if (!file) throw new Error(`${manifest} has no command ${command}.`);
  return join(dirname(manifest), file);
}
