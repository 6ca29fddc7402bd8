export interface Scores {
  /** Hundredths by category. */
  categories: Record<string, number>;
  /** What keeps a category below a hundred. */
  problems: string[];
}

/** Audits a page: its address, the port of the browser to do it in, the categories. */
export type Audit = (url: string, port: number, categories: string[]) => Promise<Scores>;
