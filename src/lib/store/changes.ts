import Dexie, {
  type DBCore,
  type DBCoreMutateRequest,
  type DBCoreTable,
  type DBCoreTransaction,
  type ObservabilitySet,
} from 'dexie';
import { hasIds, idsNamed, tooManyToName } from './parts';

/** The ids of the rows that a transaction has written, by table; null if it may have written any row. */
export type Changes = Record<string, string[] | null>;

type Listener = (changes: Changes) => void;

/**
 * Tells which rows of the tables with ids change, in this thread and in every other one that has the same database
 * open. Of small writes Dexie tells live queries as much, and other threads with them: that is passed on. Of large ones
 * it does not, so they are told here, and to other threads on a channel of their own. What it names of a large one (deletes)
 * is told twice.
 */
export class ChangeFeed {
  readonly #listeners = new Set<Listener>();
  #channel: BroadcastChannel | undefined;
  #mayHaveMissed = false;

  /** @param shared whether other threads may open the same database */
  constructor(
    private readonly db: Dexie,
    private readonly shared: boolean,
  ) {
    db.use({ stack: 'dbcore', name: 'changes', create: (core) => this.#watch(core) });
    db.on('ready', () => this.#open(), true);
    db.on('close', () => this.#close());
  }

  /**
   * Calls `listener` in the moment in which a transaction has committed, before its writer goes on and before a live query
   * has an answer of the storage; and after the database was closed for a while, as in a page that the browser had put
   * away, with everything.
   */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells of a transaction that has committed. What Dexie names row by row is left to it. */
  announce(changes: Changes): void {
    const unnamed = Object.entries(changes).filter(
      ([table, ids]) => hasIds(this.db, table) && (ids === null || ids.length >= tooManyToName),
    );
    if (unnamed.length === 0) return;
    const told = Object.fromEntries(unnamed);
    this.#tell(told);
    if (this.#channel) return this.#channel.postMessage(told);
    // The database was closed while this was under way.
    const channel = this.#connect();
    channel?.postMessage(told);
    channel?.close();
  }

  #connect(): BroadcastChannel | undefined {
    if (!this.shared || typeof BroadcastChannel === 'undefined') return undefined;
    return new BroadcastChannel(`${this.db.name}:changes`);
  }

  #open(): void {
    Dexie.on.storagemutated.subscribe(this.#hear);
    this.#channel = this.#connect();
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<Changes>) => this.#tell(data));
    if (this.#mayHaveMissed) this.#tell(Object.fromEntries(this.db.tables.map(({ name }) => [name, null])));
    this.#mayHaveMissed = true;
  }

  #close(): void {
    Dexie.on.storagemutated.unsubscribe(this.#hear);
    this.#channel?.close();
    this.#channel = undefined;
  }

  readonly #hear = (parts: ObservabilitySet): void => {
    const named = this.db.tables.flatMap(({ name }) => {
      const ids = hasIds(this.db, name) ? idsNamed(this.db, name, parts) : [];
      return ids.length > 0 ? [[name, ids] as const] : [];
    });
    if (named.length > 0) this.#tell(Object.fromEntries(named));
  };

  #tell(changes: Changes): void {
    for (const listener of this.#listeners) listener(changes);
  }

  #watch(core: DBCore): DBCore {
    const written = new WeakMap<DBCoreTransaction, Changes>();
    return {
      ...core,
      transaction: (stores, mode, options) => {
        const transaction = core.transaction(stores, mode, options);
        if (mode === 'readwrite') {
          const changes: Changes = {};
          written.set(transaction, changes);
          (transaction as unknown as IDBTransaction).addEventListener('complete', () =>
            this.announce(changes),
          );
        }
        return transaction;
      },
      table: (name) => {
        const table = core.table(name);
        return {
          ...table,
          mutate: (request) => {
            const changes = written.get(request.trans);
            if (changes) note(changes, table, request);
            return table.mutate(request);
          },
        };
      },
    };
  }
}

function note(changes: Changes, { name, schema }: DBCoreTable, request: DBCoreMutateRequest): void {
  const { keyPath } = schema.primaryKey;
  if (changes[name] === null) return;
  if (request.type === 'deleteRange' || typeof keyPath !== 'string') {
    changes[name] = null;
    return;
  }
  const ids = (changes[name] ??= []);
  const keys =
    request.type === 'delete'
      ? (request.keys as string[])
      : (request.values as object[]).map((row) => Reflect.get(row, keyPath) as string);
  for (const key of keys) ids.push(key);
}
