/**
 * `npm run bench [-- sync app load growth line] [--rounds N] [--steady SECONDS] [--quick]`: measures the app against
 * its targets and the alternatives, prints each target on a line that begins with `pass` or `miss`, and writes
 * `docs/performance.md`.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CannotStart } from '../../supabase/terminal/cannot-start';
import { explain, explainUncaught } from '../../supabase/terminal/explain';
import { ensureBrowser } from '../e2e/browser';
import { line, type Section } from './report/figures';

const here = fileURLToPath(new URL('.', import.meta.url));
const known = ['sync', 'app', 'load', 'growth', 'line'] as const;
type Name = (typeof known)[number];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    steady: { type: 'string', default: '20' },
    quick: { type: 'boolean', default: false },
  },
});
const [rounds, steady] = [Number(values.rounds), Number(values.steady)];
const wanted = known.filter((name) => positionals.length === 0 || positionals.includes(name));
if (positionals.some((name) => !known.includes(name as Name)) || !(rounds >= 1) || !(steady >= 1)) {
  console.error(
    'Usage: npm run bench -- [sync] [app] [load] [growth] [line] [--rounds N] [--steady SECONDS] [--quick]',
  );
  process.exit(2);
}

/** The compared libraries are not part of the app. They are installed here, on the first run. */
function installPeers(): void {
  const lock = readFileSync(`${here}package-lock.json`, 'utf8');
  const stamp = `${here}node_modules/.installed-lock`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing the libraries that the app is compared with.');
  const { status } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: here,
      // The variables that npm sets for this project must not reach the other one.
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'))),
      stdio: 'inherit',
      shell: process.platform === 'win32',
    },
  );
  if (status !== 0)
    throw new CannotStart(
      'The bench',
      'npm could not install the libraries that the app is compared with',
      'read what npm printed above, or try again with a network',
    );
  writeFileSync(stamp, lock);
}

explainUncaught();
process.env.DO_NOT_TRACK = '1';
// One folder for all temporary files, removed however this ends. Postgres may run in it under another account.
const folder = mkdtempSync(join(tmpdir(), 'atomic-crm-bench-'));
chmodSync(folder, 0o755);
process.env.TMPDIR = folder;
process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

ensureBrowser();
installPeers();
const { startPostgres } = await import('./server/cluster');
const { writeResults } = await import('./report/document');
// The embedded backend reports each refused statement at the terminal, and here clients are refused on purpose, by the
// thousand.
const complain = console.error;
console.error = (...said: unknown[]) => {
  if (!(said[0] instanceof Error && said[0].name === 'PostgresError')) complain(...said);
};
const log = (text: string) => console.log(`     … ${text}`);
const began = new Date();
const results: Partial<Record<Name, Section>> = {};
const failed: string[] = [];

/** Runs one section. A failure does not stop the others. */
async function section(name: Name): Promise<void> {
  const started = Date.now();
  console.log(`\n── ${name}`);
  try {
    const cluster = await startPostgres();
    try {
      const measured = await measure(name, cluster);
      results[name] = measured;
      for (const figure of measured.figures) console.log(line(figure));
    } finally {
      await cluster.stop();
    }
  } catch (error) {
    failed.push(name);
    console.error(explain(error));
    console.log(`miss ${name}: the section failed`);
  }
  console.log(`── ${name}: ${Math.round((Date.now() - started) / 1000)} s`);
}

async function measure(name: Name, cluster: Awaited<ReturnType<typeof startPostgres>>): Promise<Section> {
  if (name === 'sync') return (await import('./sync/sync')).measureSync(cluster, rounds, log);
  if (name === 'app') return (await import('./app/app')).measureApp(rounds, log);
  if (name === 'line') return (await import('./line/line')).measureLine(log);
  if (name === 'load') return (await import('./load/load')).measureLoad(cluster, steady, log);
  return (await import('./growth/growth')).measureGrowth(cluster, values.quick ? 10 : 1, log);
}

for (const name of wanted) await section(name);
await writeResults(results as Record<string, Section>, began);

const figures = Object.values(results).flatMap((measured) => measured.figures);
const passed = figures.filter(({ pass }) => pass === true).length;
const missed = figures.filter(({ pass }) => pass === false).length;
console.log(`\n${passed} targets passed, ${missed} missed. See docs/performance.md for all results.`);
process.exit(failed.length === 0 ? 0 : 1);
