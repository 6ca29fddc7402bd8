/**
 * `npm run faults [-- part of a name]`: plants each fault of `docs/faults.md` in turn and runs the test that has to
 * find it. Prints `found` or `missed` for each, and ends with 1 if a fault was missed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainUncaught } from '../../supabase/terminal/explain';
import type { Fault } from './fault';
import { faults } from './list';

interface Report {
  testResults: { assertionResults: { status: string; title: string; failureMessages: string[] }[] }[];
}

explainUncaught();
const folder = mkdtempSync(join(tmpdir(), 'atomic-crm-faults-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

/** Runs the test of a planted fault. @returns how the test failed; undefined if it passed or did not run */
function finding({ name, test }: Fault): string | undefined {
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  const pattern = (test.name + (test.case ?? '')).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const config = ['--config', 'tests/faults/vitest.config.ts'];
  const output = ['--reporter=json', `--outputFile.json=${report}`];
  const { stderr } = spawnSync('npx', ['vitest', 'run', ...config, test.file, '-t', pattern, ...output], {
    env: { ...process.env, PLANTED: name },
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const results = assertions(report);
  if (results.length === 0) throw new Error(`No test ran for the fault "${name}".\n${stderr}`);
  return results.find(({ status }) => status === 'failed')?.failureMessages[0]?.split('\n')[0];
}

const assertions = (report: string) =>
  (JSON.parse(readFileSync(report, 'utf8')) as Report).testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed');

const part = process.argv.slice(2).join(' ');
const missed = faults
  .filter(({ name }) => name.includes(part))
  .filter((fault) => {
    const how = finding(fault);
    console.log(
      `${how === undefined ? 'missed' : 'found '} ${fault.row}: ${fault.name}\n         ${how ?? ''}`,
    );
    return how === undefined;
  });
console.log(missed.length === 0 ? '\nEvery fault was found.' : `\n${missed.length} were missed.`);
process.exitCode = missed.length === 0 ? 0 : 1;
