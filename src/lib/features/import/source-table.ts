import type { Decoded } from './decode';
import type { RowProblem } from './file-problem';

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
  /** How its letters were read; an import that goes on after a reload does not need it. */
  encoding?: ReadEncoding;
}

/** How a file's letters were read, so that a person can see whether it is right. */
interface ReadEncoding extends Pick<Decoded, 'encoding' | 'mixed'> {
  /** Some lines with letters beyond ASCII, as they were read. */
  sample: string[];
}
