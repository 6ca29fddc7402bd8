/**
 * `npm run simulate -- --seeds N [--from M]`: plays any number of stories, and prints how to replay those that fail.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { explainUncaught } from '../../supabase/terminal/explain';
import { Sentence } from '../../supabase/terminal/sentence';

explainUncaught();

interface Report {
  testResults: { assertionResults: { status: string; title: string }[] }[];
}

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '200' }, from: { type: 'string', default: '1' } },
});
const [seeds, from] = [Number(values.seeds), Number(values.from)];
if (!Number.isInteger(seeds) || seeds < 1 || !Number.isInteger(from) || from < 0) {
  console.error('Usage: npm run simulate -- --seeds N [--from M]');
  process.exit(2);
}

const directory = mkdtempSync(join(tmpdir(), 'atomic-crm-simulation-'));
const file = join(directory, 'report.json');
try {
  const { status } = spawnSync(
    'npx',
    [
      ...['vitest', 'run', '--project', 'simulation', 'tests/simulation/simulation.test.ts'],
      ...['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`],
    ],
    {
      stdio: 'inherit',
      env: { ...process.env, SEEDS: String(seeds), SEED_FROM: String(from) },
      shell: process.platform === 'win32',
    },
  );
  if (!existsSync(file)) throw new Sentence('No story was played: see the error of vitest above.');
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  const stories = report.testResults.flatMap((result) => result.assertionResults);
  const failed = stories.filter((story) => story.status !== 'passed');
  console.log(`\n${stories.length - failed.length} of ${seeds} seeds passed.`);
  for (const { title } of failed) {
    const seed = /^seed (\d+)/.exec(title)?.[1] ?? '?';
    console.log(`Seed ${seed} fails. Replay: npm run simulate -- --seeds 1 --from ${seed}`);
  }
  process.exitCode = failed.length === 0 ? (status ?? 1) : 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
