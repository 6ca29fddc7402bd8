import type { DBCore, DBCoreMutateRequest, DBCoreTable, DBCoreTransaction } from 'dexie';
import type Dexie from 'dexie';

/** The ids of the rows that a transaction has written, by table; null where any row may be among them. */
export type Changes = Record<string, string[] | null>;

type Listener = (changes: Changes) => void;

/**
 * Tells which rows change, in this thread and in every other one that has the same database open. Live queries
 * know as much only of small writes; after a large one they hear that anything may have changed.
 */
export class ChangeFeed {
  readonly #listeners = new Set<Listener>();
  #channel: BroadcastChannel | undefined;

  /** @param shared whether other threads may open the same database */
  constructor(
    private readonly db: Dexie,
    private readonly shared: boolean,
  ) {
    db.use({ stack: 'dbcore', name: 'changes', create: (core) => this.#watch(core) });
    db.on('close', () => {
      this.#channel?.close();
      this.#channel = undefined;
    });
  }

  /** Calls `listener` when a transaction has committed, before its writer and its live queries hear of it. */
  subscribe(listener: Listener): () => void {
    this.#connect();
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #connect(): BroadcastChannel | undefined {
    if (!this.shared || typeof BroadcastChannel === 'undefined') return undefined;
    if (!this.#channel) {
      this.#channel = new BroadcastChannel(`${this.db.name}:changes`);
      this.#channel.onmessage = ({ data }: MessageEvent<Changes>) => this.#tell(data);
    }
    return this.#channel;
  }

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
          (transaction as unknown as IDBTransaction).addEventListener('complete', () => {
            if (Object.keys(changes).length === 0) return;
            this.#tell(changes);
            this.#connect()?.postMessage(changes);
          });
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
  const ids = changes[name] ?? [];
  const { keyPath, autoIncrement } = schema.primaryKey;
  if (
    changes[name] === null ||
    request.type === 'deleteRange' ||
    typeof keyPath !== 'string' ||
    autoIncrement
  ) {
    changes[name] = null;
    return;
  }
  const keys =
    request.type === 'delete'
      ? (request.keys as string[])
      : (request.values as object[]).map((row) => Reflect.get(row, keyPath) as string);
  for (const key of keys) ids.push(key);
  changes[name] = ids;
}
