import type { Row } from '$lib/entities/registry';
import type { Changes } from '$lib/store/changes';
import type { CrmDatabase } from '$lib/store/database';
import { entryOf, searched, type Entry, type Searched } from './entry';
import type { SearchHit } from './hit';
import { SearchIndex } from './search-index';

const rowsAtOnce = 1_000;
const changesAtOnce = 500;

/**
 * The searchable records of one working set. It is read once and then follows all changes: own saves, pulls, and other
 * tabs. It keeps in memory only the values by which records are found and shown.
 */
export class Corpus {
  #index: SearchIndex | undefined;
  #opening: Promise<void> | undefined;
  #step: Promise<void> = Promise.resolve();
  readonly #companies = new Map<string, string>();
  readonly #changed = new Map<string, Searched>();
  readonly #stop: () => void;

  /** @param onChange called when earlier hits may no longer be complete */
  constructor(
    private readonly db: CrmDatabase,
    private readonly onChange: () => void = () => undefined,
  ) {
    this.#stop = db.changes.subscribe((changes) => this.#note(changes));
  }

  /** The hits for a text among the current records. During a first sync, among those read so far. */
  async find(text: string): Promise<SearchHit[]> {
    await this.#opened();
    await this.#follow();
    return this.#index?.find(text) ?? [];
  }

  /** Reads everything, so that the first search need not wait for it. */
  async open(): Promise<void> {
    await this.#opened();
    this.#index?.warm();
  }

  close(): void {
    this.#stop();
    this.#index = undefined;
  }

  #note(changes: Changes): void {
    let isOurs = false;
    for (const entity of searched) {
      const ids = changes[entity];
      if (ids === undefined) continue;
      isOurs = true;
      // The table was emptied.
      if (ids === null) this.#opening = undefined;
      for (const id of ids ?? []) this.#changed.set(id, entity);
    }
    if (isOurs && this.#index) this.onChange();
  }

  /** Reads everything once. If reading fails, the next call starts over. */
  #opened(): Promise<void> {
    return (this.#opening ??= this.#readAll().catch((cause: unknown) => {
      this.#opening = undefined;
      throw cause;
    }));
  }

  async #readAll(): Promise<void> {
    this.#changed.clear();
    this.#companies.clear();
    const entries: Entry[] = [];
    for (const entity of searched) {
      for (let last = ''; ;) {
        const rows = await this.db.rows(entity).where(':id').above(last).limit(rowsAtOnce).toArray();
        for (const row of rows) if (row.deleted_at === null) entries.push(this.#entry(entity, row));
        last = rows.at(-1)?.id ?? '';
        if (rows.length < rowsAtOnce) break;
      }
    }
    this.#index = new SearchIndex(entries);
  }

  /** Applies a portion of the changes. */
  #follow(): Promise<void> {
    // A failed one does not hold up later ones.
    const last = this.#step.catch(() => undefined);
    return (this.#step = last.then(async () => {
      if (this.#changed.size === 0) return;
      const portion = [...this.#changed].slice(0, changesAtOnce);
      for (const [id] of portion) this.#changed.delete(id);
      for (const entity of searched)
        await this.#reread(
          entity,
          portion.filter(([, of]) => of === entity).map(([id]) => id),
        );
      if (this.#changed.size > 0) this.onChange();
    }));
  }

  async #reread(entity: Searched, ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const rows = (await this.db.rows(entity).bulkGet(ids)).filter(
      (row) => row !== undefined,
    ) as Row<Searched>[];
    const living = rows.filter((row) => row.deleted_at === null);
    const renamed =
      entity === 'companies'
        ? (living as Row<'companies'>[]).filter(({ id, name }) => this.#companies.get(id) !== name)
        : [];
    const there = new Set(living.map(({ id }) => id));
    this.#index?.remove(ids.filter((id) => !there.has(id)));
    this.#index?.put(living.map((row) => this.#entry(entity, row)));
    for (const { id } of renamed) await this.#noteReferring(id);
  }

  /** Records that show the name of a company whose name has changed. */
  async #noteReferring(companyId: string): Promise<void> {
    for (const entity of ['contacts', 'deals'] as const)
      for (const id of await this.db.rows(entity).where('company_id').equals(companyId).primaryKeys())
        this.#changed.set(id, entity);
  }

  #entry<E extends Searched>(entity: E, row: Row<E>): Entry {
    if (entity === 'companies') this.#companies.set(row.id, (row as Row<'companies'>).name);
    const companyId = 'company_id' in row ? row.company_id : null;
    return entryOf[entity](row, (companyId && this.#companies.get(companyId)) || '');
  }
}
