/** A fault of syncing that once was in the app, planted again by replacing a piece of its code. */
export interface Fault {
  /** The row of docs/faults.md that it belongs to. */
  row: number;
  /** What the app does wrong with it, and its name on the command line. */
  name: string;
  /** Where it is planted, as a path from the root. */
  file: string;
  /** The code that is there now. It occurs once. */
  from: string;
  to: string;
  /** The test that has to fail. */
  test: {
    file: string;
    name: string;
    /** What follows in the name of the case, if the test has several and one is enough. */
    case?: string;
  };
}
