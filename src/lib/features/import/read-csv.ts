import { cutText } from '$lib/ui/cut-text';
import { decode } from './decode';
import { FileProblem, type RowProblem } from './file-problem';
import { headerRow, knownShare } from './header-row';
import type { SourceRow, SourceTable } from './source-table';

const most = 50_000_000;

/**
 * Reads a CSV file. It detects the encoding and the delimiter, and finds the row with the column names, which is not
 * always the first. Every cell stays text, as in the file.
 * @param chosen the encoding that the person chose
 * @throws FileProblem if the file is empty, not text, too large, without column names, or broken
 */
export async function readCsv(file: Blob, chosen?: string): Promise<SourceTable> {
  if (file.size > most)
    throw new FileProblem('This file is larger than 50 MB. Split it and import the parts.');
  const { text: whole, encoding, mixed } = await decode(new Uint8Array(await file.arrayBuffer()), chosen);
  if (!whole.trim()) throw new FileProblem('This file is empty.');
  const { default: papaparse } = await import('papaparse');
  // Spreadsheets read this line without showing it.
  const [directive = '', sign] = /^sep=([^\r\n])\r?\n/i.exec(whole) ?? [];
  const text = withOneLineEnd(whole.slice(directive.length));
  const rowsBy = (delimiter: string) => papaparse.parse<string[]>(text, { delimiter, preview: 30 }).data;
  const { data, errors } = papaparse.parse<string[]>(text, { delimiter: sign ?? delimiterOf(text, rowsBy) });
  const open = errors.find((error) => error.code === 'MissingQuotes');
  if (open)
    throw new FileProblem(
      `Row ${(open.row ?? 0) + 1} opens a quotation mark that never closes, so the rest of the file cannot be read. Nothing was imported. Fix the row and choose the file again.`,
    );
  const broken = new Set(errors.filter(({ code }) => code === 'InvalidQuotes').map(({ row }) => row));
  const first = headerRow(data);
  const headers = headersOf(data[first] ?? [], data);
  const rows: SourceRow[] = [];
  const unread: SourceRow[] = [];
  const problems: RowProblem[] = [];
  const footer = footerRow(data, headers.length);
  data.forEach((cells, index) => {
    if (index <= first || isBlank(cells)) return;
    const row = { number: index + 1, cells };
    if (index >= footer) {
      unread.push(row);
      problems.push({ row: row.number, reason: 'It is a note below the table.' });
    } else if (broken.has(index)) {
      unread.push(row);
      problems.push({ row: row.number, reason: 'Its quotation marks do not match, so it cannot be read.' });
    } else rows.push(row);
  });
  if (rows.length === 0 && problems.length === 0)
    throw new FileProblem('This file has column names, but no rows below them.');
  return { headers, rows, unread, problems, encoding: { encoding, mixed, sample: sampleOf(text) } };
}

/** Gives all lines of a text the same line end. Line ends inside quotation marks stay. */
function withOneLineEnd(text: string): string {
  const ends = /(?<=^|[,;\t|\r\n])"(?:[^"]|"")*"|\r\n|\r|\n/g;
  const kinds = new Set(
    Array.from(text.matchAll(ends), ([end]) => end).filter((end) => !end.startsWith('"')),
  );
  return kinds.size > 1 ? text.replace(ends, (end) => (end.startsWith('"') ? end : '\n')) : text;
}

/** The index of the first note that some programs write below a table: lines without columns at the very end. */
function footerRow(data: string[][], width: number): number {
  let start = data.length;
  while (start > 0 && (data[start - 1]?.length ?? 0) < 2) start--;
  const empty = data.findIndex((cells, index) => index >= start && isBlank(cells));
  return width > 2 && empty >= 0 ? empty : data.length;
}

/** Up to three lines that show how letters beyond ASCII were decoded. */
function sampleOf(text: string): string[] {
  const lines = new Set<string>();
  if (!/[^\0-\x7f]/.test(text)) return [];
  for (const line of text.split(/[\r\n]+/)) {
    if (/(?![A-Za-z])\p{L}/u.test(line)) lines.add(cutText(line, 200));
    if (lines.size === 3) break;
  }
  return [...lines];
}

/**
 * The sign that gives the most known column names. If there are none, the most frequent one in the first line, outside
 * quotation marks.
 */
function delimiterOf(text: string, rowsBy: (delimiter: string) => string[][]): string {
  const signs = [',', ';', '\t', '|'];
  const known = signs.map((sign) => {
    const rows = rowsBy(sign);
    return knownShare(rows[headerRow(rows)] ?? []).count;
  });
  const mostKnown = Math.max(...known);
  if (mostKnown > 1) return signs[known.indexOf(mostKnown)] ?? ',';
  const counts = new Map(signs.map((sign) => [sign, 0]));
  let quoted = false;
  for (const letter of text.trimStart().slice(0, 20_000)) {
    if (letter === '"') quoted = !quoted;
    else if (!quoted && (letter === '\n' || letter === '\r')) break;
    else if (!quoted && counts.has(letter)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  const [[sign, count] = [',', 0]] = [...counts].sort(([, a], [, b]) => b - a);
  return count > 0 ? sign : ',';
}

const isBlank = (cells: string[]) => cells.every((cell) => cell.trim() === '');

/** The names of all columns. A column without a name gets its number. */
function headersOf(names: string[], data: string[][]): string[] {
  if (names.some((name) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(name.trim())))
    throw new FileProblem(
      'The first row of this file is data. Add a row above it with the column names, like First name, Email, Company.',
    );
  const width = data.reduce((most, cells) => Math.max(most, cells.length), names.length);
  return Array.from({ length: width }, (_, index) => names[index]?.trim() || `Column ${index + 1}`);
}
