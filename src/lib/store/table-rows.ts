import Dexie from 'dexie';
import type { EntityName, Row } from '$lib/entities/registry';
import type { ChangeFeed } from './changes';

const rowsAtOnce = 1_000;

/**
 * The living rows of a table in memory. After a change only the rows that changed are read: reading tens of
 * thousands anew would hold up the page at every save and at every page of a pull. A row that did not change
 * is the same object as before, so that what is derived of it can be kept.
 */
export class TableRows<E extends EntityName> {
  #byId = new Map<string, Row<E>>();
  /** The ids to be read again; null while all are. */
  #stale: Set<string> | null = null;
  #reading: Promise<void> | undefined;

  constructor(
    private readonly db: Pick<Dexie, 'backendDB'> & { readonly changes: ChangeFeed },
    private readonly entity: E,
  ) {
    db.changes.subscribe((changes) => {
      const changed = changes[entity];
      if (changed === null) this.#stale = null;
      for (const id of changed ?? []) this.#stale?.add(id);
    });
  }

  /**
   * The rows as they are after every transaction that has committed by now, and no later: while a first sync writes
   * page after page, whoever waits for the end of it sees nothing. They are shared: never change one.
   */
  async read(): Promise<Row<E>[]> {
    // A read that began before this call may have missed a change. A read that began later has not.
    if (this.#reading) await this.#reading;
    if (this.#reading) await this.#reading;
    else if (this.#stale?.size !== 0)
      await (this.#reading = this.#readStale().finally(() => (this.#reading = undefined)));
    return [...this.#byId.values()];
  }

  async #readStale(): Promise<void> {
    const stale = this.#stale;
    this.#stale = new Set();
    try {
      if (stale === null) await this.#readAll();
      else await this.#readSome([...stale]);
    } catch (cause) {
      this.#stale = null;
      throw cause;
    }
  }

  async #readAll(): Promise<void> {
    const all = new Map<string, Row<E>>();
    let last: string | undefined;
    for (;;) {
      const range = last === undefined ? null : IDBKeyRange.lowerBound(last, true);
      const rows = await this.#ask((store) => store.getAll(range, rowsAtOnce) as IDBRequest<Row<E>[]>);
      for (const row of rows) if (row.deleted_at === null) all.set(row.id, row);
      if (rows.length < rowsAtOnce) break;
      last = rows.at(-1)?.id;
    }
    this.#byId = all;
  }

  async #readSome(ids: string[]): Promise<void> {
    const rows: (Row<E> | undefined)[] = [];
    await this.#ask((store) => {
      const requests = ids.map((id) => store.get(id) as IDBRequest<Row<E> | undefined>);
      for (const request of requests) request.addEventListener('success', () => rows.push(request.result));
      return requests.at(-1) as IDBRequest;
    });
    for (const id of ids) this.#byId.delete(id);
    for (const row of rows) if (row?.deleted_at === null) this.#byId.set(row.id, row);
  }

  /**
   * Asks the database past Dexie, in a transaction of its own: whoever waits for the rows may give up (a live
   * query that begins anew does) while others wait for the same ones.
   */
  #ask<T>(question: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const connection = this.db.backendDB() as IDBDatabase | null;
      if (!connection) return reject(new Dexie.DatabaseClosedError());
      const transaction = connection.transaction(this.entity, 'readonly');
      const request = question(transaction.objectStore(this.entity));
      request.onsuccess = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Dexie.AbortError());
    });
  }
}
