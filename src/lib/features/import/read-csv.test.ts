import { expect, test } from 'vitest';
import { readCsv } from './read-csv';

const read = (text: string) => readCsv(new Blob([text]));

test.each([',', ';', '\t', '|'])('the delimiter %j is found', async (sign) => {
  const table = await read(`First name${sign}Email\nZoë${sign}zoe@example.com\n`);
  expect(table.headers).toEqual(['First name', 'Email']);
  expect(table.rows).toEqual([{ number: 2, cells: ['Zoë', 'zoe@example.com'] }]);
});

test('leading zeros, quotes, line breaks and spaces stay as they are', async () => {
  const { rows } = await read('Name,Phone,Notes\r\nA,0031612345678,"two\r\nlines, ""quoted"" "\r\n');
  expect(rows[0]?.cells).toEqual(['A', '0031612345678', 'two\r\nlines, "quoted" ']);
});

test('rows are counted as a spreadsheet counts them, blank ones too', async () => {
  const { rows } = await read('Name,Phone\nA,"1\n2"\n\n,\nB,3\n');
  expect(rows.map(({ number }) => number)).toEqual([2, 5]);
});

test('cells beyond the last column name keep a column of their own', async () => {
  const table = await read('Name\nA,extra\n');
  expect(table.headers).toEqual(['Name', 'Column 2']);
  expect(table.rows[0]?.cells).toEqual(['A', 'extra']);
});

test.each([
  ['', /empty/],
  ['  \n \n', /empty/],
  ['Name,Email\n', /no rows/],
  ['Ann,ann@example.com\nBob,bob@example.com\n', /first row.*holds data/],
  ['Name,Notes\nA,"never closed\nB,x\n', /Row 2 opens a quotation mark/],
])('%j is refused in plain words', async (text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});

test('a row with quotation marks that do not match is told, and the rows after it are read', async () => {
  const table = await read('Name,Notes\nA,"x" y"\nB,fine\n');
  expect(table.problems.map(({ row }) => row)).toEqual([2]);
  expect(table.unread.map(({ cells }) => cells)).toEqual([['A', 'x" y']]);
  expect(table.rows.at(-1)?.cells).toEqual(['B', 'fine']);
});
