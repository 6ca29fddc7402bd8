/** Indexes rows by each of their keys. Empty keys are left out. */
export function indexBy<Row>(rows: Row[], keysOf: (row: Row) => string[]): Map<string, Row[]> {
  const index = new Map<string, Row[]>();
  for (const row of rows)
    for (const key of new Set(keysOf(row))) {
      if (!key) continue;
      const known = index.get(key);
      if (known) known.push(row);
      else index.set(key, [row]);
    }
  return index;
}

/** A record that may be the one being entered. */
export interface Match {
  id: string;
  name: string;
  /** "same email" */
  reason: string;
}

const most = 3;

/** Collects matches, the surest first, each record once. */
export class Matches {
  readonly #found = new Map<string, Match>();

  constructor(readonly except: string | undefined) {}

  add(rows: { id: string; name: string }[] | undefined, reason: string): void {
    for (const { id, name } of rows ?? [])
      if (id !== this.except && !this.#found.has(id)) this.#found.set(id, { id, name, reason });
  }

  get list(): Match[] {
    return [...this.#found.values()].slice(0, most);
  }
}
