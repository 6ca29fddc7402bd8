/** Why a file cannot be imported at all. `message` is for the person; nothing was imported. */
export class FileProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FileProblem';
  }
}

/** Why one row of a file is not imported. */
export interface RowProblem {
  /** The row's number as a spreadsheet shows it: the column names are row 1. */
  row: number;
  /** Who or what the row is about, where that can be read. */
  name?: string;
  reason: string;
}
