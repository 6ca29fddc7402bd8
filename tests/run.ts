/**
 * `npm test`: runs the static checks, the build, and then every test, one step after the other. Ends with the counts of
 * all of them on one line; a static check counts as one test.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explain, explainUncaught } from '../supabase/terminal/explain';
import { ensureBrowser } from './e2e/browser';
import { engines, isInstalled, needs } from './engines/installed';

const REMEDY = 'install Node with npm and run npm ci';

interface Counts {
  passed: number;
  failed: number;
  /** The failed tests. */
  names?: string[];
}

explainUncaught();
const reports = mkdtempSync(join(tmpdir(), 'atomic-crm-reports-'));
const total = { passed: 0, failed: 0 };
/** The failures, repeated next to the counts, so that the end of a long run names them. */
const failures: string[] = [];
/** The checks that this machine could not run, repeated next to the counts so that nobody assumes they ran. */
const leftOut: string[] = [];

function run(title: string, command: string, args: string[], env: NodeJS.ProcessEnv = {}): boolean {
  const started = Date.now();
  console.log(`\n── ${title}`);
  const { status, error } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  if (error)
    console.log(`${title} cannot start because ${command} does not run; ${REMEDY} (${error.message}).`);
  console.log(
    `── ${title}: ${status === 0 ? 'ok' : 'failed'} in ${Math.round((Date.now() - started) / 1000)} s`,
  );
  return status === 0;
}

function check(title: string, ...command: [string, ...string[]]): void {
  const [name, ...args] = command;
  countCheck(title, run(title, name, args));
}

function countCheck(title: string, ok: boolean): void {
  if (ok) total.passed += 1;
  else {
    total.failed += 1;
    failures.push(title);
  }
}

/**
 * Starts a check that leaves a processor free. The returned function waits for its end, prints its output and counts
 * it.
 */
function checkMeanwhile(title: string, command: string, args: string[]): () => Promise<void> {
  const output = join(reports, `${title}.txt`);
  const file = openSync(output, 'w');
  const child = spawn(command, args, {
    stdio: ['ignore', file, file],
    shell: process.platform === 'win32',
  });
  const ended = once(child, 'exit').then(
    ([code]) => code as number | null,
    (error: Error) => {
      console.log(`${title} cannot start because ${command} does not run; ${REMEDY} (${error.message}).`);
      return null;
    },
  );
  return async () => {
    const code = await ended;
    console.log(`\n── ${title}: ${code === 0 ? 'ok' : 'failed'}\n${readFileSync(output, 'utf8')}`);
    countCheck(title, code === 0);
  };
}

/** Runs a test runner that writes a report. A runner that fails without failed tests counts as one failure. */
function tests(title: string, args: string[], env: NodeJS.ProcessEnv, read: () => Counts): void {
  const ok = run(title, 'npx', args, env);
  const counts = countsOf(read);
  if (!ok && counts.failed === 0) counts.failed = 1;
  if (counts.failed > 0) failures.push(...(counts.names?.length ? counts.names : [title]));
  total.passed += counts.passed;
  total.failed += counts.failed;
}

function countsOf(read: () => Counts): Counts {
  try {
    return read();
  } catch {
    return { passed: 0, failed: 1 };
  }
}

const report = (name: string) =>
  JSON.parse(readFileSync(join(reports, name), 'utf8')) as Record<string, unknown>;

function vitest(project: string): void {
  const file = `${project}.json`;
  const output = `--outputFile.json=${join(reports, file)}`;
  tests(
    `${project} tests`,
    ['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json', output],
    {},
    () => {
      const { numPassedTests, numTotalTests, testResults } = report(file) as {
        numPassedTests: number;
        numTotalTests: number;
        testResults: { assertionResults: { status: string; fullName: string }[] }[];
      };
      const names = testResults
        .flatMap(({ assertionResults }) => assertionResults)
        .filter(({ status }) => status !== 'passed')
        .map(({ fullName }) => `${project}: ${fullName}`);
      return { passed: numPassedTests, failed: numTotalTests - numPassedTests, names };
    },
  );
}

try {
  check('types of the routes', 'npx', 'svelte-kit', 'sync');
  const types = checkMeanwhile('types', 'npx', [
    'svelte-check',
    '--threshold',
    'warning',
    '--tsconfig',
    './tsconfig.json',
  ]);
  check('formatting', 'npx', 'prettier', '--check', '--log-level', 'warn', '.');
  check('lint and layers', 'npx', 'eslint', '--max-warnings', '0', '.');
  await types();
  check('dead code', 'npx', 'knip');
  check('build', 'npx', 'vite', 'build', '--logLevel', 'warn');
  check(
    'browser range of the bundle',
    'npx',
    'eslint',
    '--no-ignore',
    '--no-inline-config',
    '--config',
    'lint/bundle.config.js',
    'build',
  );
  let debian: (() => Promise<void>) | undefined;
  const extensions = 'cleanup by pg_cron and lint of the functions';
  if (process.env.PG_CRON_BIN) debian = checkMeanwhile(extensions, 'npx', ['tsx', 'tests/cron/run.ts']);
  else
    leftOut.push(
      `${extensions}: PG_CRON_BIN does not name a Postgres that has them ` +
        '(Debian: postgresql-15-cron and postgresql-15-plpgsql-check)',
    );
  for (const project of ['unit', 'embedded', 'http', 'db', 'deploy', 'simulation']) vitest(project);
  await debian?.();
  otherEngines();
  browserTests();
} finally {
  rmSync(reports, { recursive: true, force: true });
}

/** The main jobs in the other browser engines, if they are installed. */
function otherEngines(): void {
  for (const engine of engines)
    if (!isInstalled(engine)) leftOut.push(`the app in ${engine}: ${needs(engine)}`);
  if (engines.some(isInstalled)) vitest('engines');
}

function browserTests(): void {
  try {
    ensureBrowser();
  } catch (error) {
    console.log(`\n── browser tests: failed\n${explain(error)}`);
    countCheck('browser tests', false);
    return;
  }
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'e2e.json') };
  tests('browser tests', ['playwright', 'test', '--reporter=list,json'], env, () => {
    const { stats } = report('e2e.json') as {
      stats: { expected: number; unexpected: number; flaky: number };
    };
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
  });
}

for (const name of failures) console.log(`\nFailed: ${name}`);
for (const reason of leftOut) console.log(`\nLeft out: ${reason}`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
