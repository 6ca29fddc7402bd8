import { expect, test } from 'vitest';
import { problemCsv } from './problem-file';
import { readCsv } from './read-csv';

test('the file of rows that were not imported has reasons and cells, and imports again', async () => {
  const table = await readCsv(new Blob(['Name,Phone\nA,0031 6 12\n=1+1,2\n']));
  const csv = await problemCsv(
    [
      { row: 3, reason: 'Already exists.' },
      { row: 2, reason: 'Stopped.' },
    ],
    table,
  );
  const again = await readCsv(new Blob([csv]));
  expect(again.headers).toEqual(['Row', 'Reason', 'Name', 'Phone']);
  expect(again.rows.map(({ cells }) => cells)).toEqual([
    ['3', 'Already exists.', "'=1+1", '2'],
    ['2', 'Stopped.', 'A', '0031 6 12'],
  ]);
});
