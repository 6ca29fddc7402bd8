import type { Row } from '$lib/entities/registry';
import type { Mergeable } from '$lib/store/merge-records';
import type { Store } from '$lib/store/store';

/** A record that was merged into another one. */
export interface Part {
  id: string;
  row: Row<Mergeable>;
  /** Its content was deleted permanently. */
  isEmpty: boolean;
}

/** The merges that this device knows of. */
export class Merges {
  readonly #parts = new Map<string, Row<Mergeable>[]>();

  private constructor(gone: Row<Mergeable>[]) {
    for (const row of gone) {
      const into = row.merged_into ?? '';
      this.#parts.set(into, [...(this.#parts.get(into) ?? []), row]);
    }
  }

  static async on({ db }: Store): Promise<Merges> {
    const isMerged = (row: Row<Mergeable>) => row.deleted_at !== null && row.merged_into !== null;
    const [contacts, companies] = await Promise.all([
      db.rows('contacts').filter(isMerged).toArray(),
      db.rows('companies').filter(isMerged).toArray(),
    ]);
    return new Merges([...contacts, ...companies]);
  }

  /** The records that were merged into this one, directly or through another, the oldest first. */
  partsOf(entity: string, id: string): Part[] {
    if (entity !== 'contacts' && entity !== 'companies') return [];
    const found = new Map<string, Row<Mergeable>>();
    const waiting = [id];
    for (let next = waiting.pop(); next; next = waiting.pop())
      for (const row of this.#parts.get(next) ?? [])
        if (!found.has(row.id)) {
          found.set(row.id, row);
          waiting.push(row.id);
        }
    const parts = [...found.values()].map((row) => ({ id: row.id, row, isEmpty: isEmpty(row) }));
    return parts.sort((a, b) => Date.parse(a.row.created_at) - Date.parse(b.row.created_at));
  }

  /** The times at which something was merged into one of these records. */
  momentsOf(ids: string[]): Set<string> {
    const rows = ids.flatMap((id) => this.#parts.get(id) ?? []);
    return new Set(rows.map(({ deleted_at }) => deleted_at ?? ''));
  }
}

/** Whether only the empty shell of the record is left. */
const isEmpty = (row: Row<Mergeable>): boolean =>
  'name' in row ? !row.name : !row.first_name && !row.last_name;
