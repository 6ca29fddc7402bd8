import type { Decoded } from './decode';
import type { RowProblem } from './file-problem';

/** A row of the file. */
export interface SourceRow {
  /** The number in a spreadsheet: the column names are row 1. */
  number: number;
  cells: string[];
}

export interface SourceTable {
  headers: string[];
  rows: SourceRow[];
  /** Rows that could not be read completely, with the reasons. */
  unread: SourceRow[];
  problems: RowProblem[];
  /** The decoding of its letters. An import that continues after a reload does not need it. */
  encoding?: ReadEncoding;
}

/** The decoding of a file's letters, so that a person can check it. */
interface ReadEncoding extends Pick<Decoded, 'encoding' | 'mixed'> {
  /** Some lines with letters beyond ASCII, as they were decoded. */
  sample: string[];
}
