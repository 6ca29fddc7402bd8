export interface Scores {
  /** Scores out of 100, by category. */
  categories: Record<string, number>;
  /** The audits that keep a category below 100. */
  problems: string[];
}

/** Audits a page, given its address, the debugging port of the browser to use, and the categories. */
export type Audit = (url: string, port: number, categories: string[]) => Promise<Scores>;
