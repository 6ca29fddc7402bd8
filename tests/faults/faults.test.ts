import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faults } from './list';

const rows = readFileSync('docs/faults.md', 'utf8')
  .split('\n')
  .flatMap((line) => /^\| (\d+) +\|/.exec(line)?.[1] ?? [])
  .map(Number);

test.each(faults)('the fault "$name" can be planted', ({ file, from }) => {
  expect(readFileSync(file, 'utf8').split(from)).toHaveLength(2);
});

test.each(faults)('the test that finds "$name" exists and is listed', ({ row, test: { file, name } }) => {
  expect(readFileSync(file, 'utf8')).toContain(name);
  const line = readFileSync('docs/faults.md', 'utf8').match(new RegExp(`^\\| ${row} +\\|.*$`, 'm'))?.[0];
  expect(line).toContain(`\`${file}\``);
});

test('every fault of the list is planted by code', () => {
  expect(new Set(faults.map(({ row }) => row))).toEqual(new Set(rows));
});
