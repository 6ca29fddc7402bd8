/** The reason why a file cannot be imported at all. `message` is for the person. Nothing was imported. */
export class FileProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FileProblem';
  }
}

/** The reason why one row of a file is not imported. */
export interface RowProblem {
  /** The row's number as a spreadsheet shows it: the column names are row 1. */
  row: number;
  /** The subject of the row, if it can be read. */
  name?: string;
  reason: string;
}
