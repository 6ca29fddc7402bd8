import Dexie from 'dexie';
import { pageLife } from '$lib/lifecycle/page-life';
import type { CrmDatabase } from './database';
import { StoreError } from './errors';
import { abort } from './open-transactions';
import { partsOf, type Writes } from './parts';
import { withSortKey } from './sort-keys';

/** A write transaction on IndexedDB itself, past Dexie. */
export class DirectTransaction {
  readonly #written = new Map<string, { rows: object[]; requests: IDBRequest<IDBValidKey>[] }>();

  constructor(private readonly transaction: IDBTransaction) {}

  /** The row with this key, or `undefined` if there is none. */
  get(table: string, key: IDBValidKey): Promise<unknown> {
    return answer(() => this.transaction.objectStore(table).get(key) as IDBRequest<unknown>);
  }

  /** The rows of a table behind the one with this id, in the order of their ids, at most `count`. */
  rowsAfter<Row>(table: string, id: string, count: number): Promise<Row[]> {
    const behind = IDBKeyRange.lowerBound(id, true);
    return answer(() => this.transaction.objectStore(table).getAll(behind, count) as IDBRequest<Row[]>);
  }

  /** The stored keys in this range, or this key if it is stored. */
  keys(table: string, range: IDBKeyRange | IDBValidKey): Promise<IDBValidKey[]> {
    return answer(() => this.transaction.objectStore(table).getAllKeys(range));
  }

  /** Writes a row; whoever needs to know whether it could be stored waits for the transaction. */
  put(table: string, row: object): void {
    const { rows, requests } = this.#written.get(table) ?? { rows: [], requests: [] };
    const stored = withSortKey(table, row);
    requests.push(this.transaction.objectStore(table).put(stored));
    rows.push(stored);
    this.#written.set(table, { rows, requests });
  }

  /** The rows written into each table. It resolves when the transaction is committed. */
  written(): Map<string, Writes> {
    return new Map(
      [...this.#written].map(([table, { rows, requests }]) => [
        table,
        { rows, keys: requests.map(({ result }) => result) },
      ]),
    );
  }
}

/**
 * Runs `job` in one write transaction and ends when it is committed; a job that fails leaves nothing behind. It awaits
 * nothing but what the transaction answers. Live queries, other tabs and subscribers of changes hear of it as of any
 * transaction of Dexie's. See docs/adr/0009-saves-bypass-dexie.md.
 *
 * If the browser puts the page away before the transaction is being committed, nothing is stored, and the job runs
 * again when the page comes back: it may run more than once, but is stored once.
 * @param options.quietly nobody hears of it, because it changes nothing that anybody reads
 * @throws what the job throws, or what IndexedDB says
 */
export function writeDirectly<T>(
  db: CrmDatabase,
  tables: string[],
  job: (transaction: DirectTransaction) => Promise<T>,
  { quietly = false } = {},
): Promise<T> {
  const hear = quietly ? () => undefined : (written: Map<string, Writes>) => tell(db, written);
  return pageLife.untilDone(async () => write(await begin(db, tables), job, hear));
}

async function write<T>(
  transaction: IDBTransaction,
  job: (transaction: DirectTransaction) => Promise<T>,
  hear: (written: Map<string, Writes>) => void,
): Promise<T> {
  const direct = new DirectTransaction(transaction);
  const committed = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => {
      // It is stored, whatever becomes of those who hear of it; the writer goes on after them.
      resolve();
      hear(direct.written());
    };
    transaction.onabort = () => reject(transaction.error ?? new Error('The transaction was cut off.'));
  });
  // If the job fails, its own reason is thrown: the transaction's end says less.
  committed.catch(() => undefined);
  try {
    const result = await job(direct);
    // Nothing is waited for between here and the disk: the requests before it are part of it.
    transaction.commit();
    await committed;
    return result;
  } catch (cause) {
    abort(transaction);
    throw cause;
  }
}

/** A transaction on the open connection. If there is none, Dexie opens one or throws the reason. */
async function begin(db: CrmDatabase, tables: string[]): Promise<IDBTransaction> {
  const connection = () => db.backendDB() as IDBDatabase | null;
  try {
    const open = connection()?.transaction(tables, 'readwrite');
    if (open) return open;
  } catch (cause) {
    if (!(cause instanceof DOMException && cause.name === 'InvalidStateError')) throw cause;
  }
  if (db.superseded) throw new StoreError('storage_newer');
  await db.transaction('r', db.meta, async () => undefined);
  const open = connection()?.transaction(tables, 'readwrite');
  if (!open) throw new Dexie.DatabaseClosedError();
  return open;
}

/**
 * The answer to a request. A request that cannot be made is a promise that fails, too. Several requests may be under way
 * when the transaction is aborted, and the job hears only of the one it awaits.
 */
function answer<T>(make: () => IDBRequest<T>): Promise<T> {
  const answered = new Promise<T>((resolve, reject) => {
    const request = make();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as DOMException);
  });
  answered.catch(() => undefined);
  return answered;
}

function tell(db: CrmDatabase, written: Map<string, Writes>): void {
  const ids = [...written].map(([table, { keys }]) => [table, keys as string[]]);
  try {
    db.changes.announce(Object.fromEntries(ids));
  } finally {
    Dexie.on.storagemutated.fire(partsOf(db, written));
  }
}
