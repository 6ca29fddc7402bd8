import { decode } from './decode';
import { FileProblem, type RowProblem } from './file-problem';

/** A row as the file has it. */
export interface SourceRow {
  /** As a spreadsheet shows it: the column names are row 1. */
  number: number;
  cells: string[];
}

export interface SourceTable {
  headers: string[];
  rows: SourceRow[];
  /** Rows that could not be read, as far as they could, and why. */
  unread: SourceRow[];
  problems: RowProblem[];
}

const most = 50_000_000;

/**
 * Reads a CSV file; encoding and delimiter are detected. Every cell stays text, as the file has it.
 * @throws FileProblem where the file is empty, no text, too large, without column names, or broken
 */
export async function readCsv(file: Blob): Promise<SourceTable> {
  if (file.size > most)
    throw new FileProblem('This file is larger than 50 MB. Split it and import the parts.');
  const text = decode(new Uint8Array(await file.arrayBuffer()));
  if (!text.trim()) throw new FileProblem('This file is empty.');
  const { default: papaparse } = await import('papaparse');
  const { data, errors } = papaparse.parse<string[]>(text, { delimiter: delimiterOf(text) });
  const open = errors.find((error) => error.code === 'MissingQuotes');
  if (open)
    throw new FileProblem(
      `Row ${(open.row ?? 0) + 1} opens a quotation mark that never closes, so the rest of the file cannot be told apart. Nothing was imported. Mend the row and choose the file again.`,
    );
  const broken = new Set(errors.filter(({ code }) => code === 'InvalidQuotes').map(({ row }) => row));
  const first = data.findIndex((cells) => !isBlank(cells));
  const headers = headersOf(data[first] ?? [], data);
  const rows: SourceRow[] = [];
  const unread: SourceRow[] = [];
  const problems: RowProblem[] = [];
  data.forEach((cells, index) => {
    if (index <= first || isBlank(cells)) return;
    const row = { number: index + 1, cells };
    if (broken.has(index)) {
      unread.push(row);
      problems.push({ row: row.number, reason: 'Its quotation marks do not match, so it cannot be read.' });
    } else rows.push(row);
  });
  if (rows.length === 0 && problems.length === 0)
    throw new FileProblem('This file has column names, but no rows below them.');
  return { headers, rows, unread, problems };
}

/** The sign that stands most often between the column names, outside of quotation marks. */
function delimiterOf(text: string): string {
  const counts = new Map([',', ';', '\t', '|'].map((sign) => [sign, 0]));
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

/** The names of all columns; a column without one is called by its number. */
function headersOf(names: string[], data: string[][]): string[] {
  if (names.some((name) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(name.trim())))
    throw new FileProblem(
      'The first row of this file holds data. Add a first row with the names of the columns, like First name, Email, Company.',
    );
  const width = data.reduce((most, cells) => Math.max(most, cells.length), names.length);
  return Array.from({ length: width }, (_, index) => names[index]?.trim() || `Column ${index + 1}`);
}
