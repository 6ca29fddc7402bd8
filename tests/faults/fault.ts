/** A fault of syncing that once was in the app, planted again by replacing a piece of its code. */
export interface Fault {
  /** The row of docs/faults.md that it belongs to. */
  row: number;
  /** A sentence about what goes wrong. It is also the name on the command line. */
  name: string;
  /** The file that gets the fault, as a path from the root. */
  file: string;
  /** The code that is there now. It occurs once. */
  from: string;
  to: string;
  /** The test that has to fail. */
  test: {
    file: string;
    name: string;
    /** The rest of the name of one case, if the test has several and one is enough. */
    case?: string;
  };
}
