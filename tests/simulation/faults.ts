import { IDBDatabase, IDBIndex, IDBObjectStore } from 'fake-indexeddb';

/**
 * `transaction`, `request`: one of IndexedDB's operations fails, and the app goes on. `drop`, `lose`: the same for the
 * network.
 */
export type FaultKind = 'transaction' | 'request' | 'drop' | 'lose';

/** The next fault, which is waiting for its turn. */
let armed: { kind: FaultKind; left: number } | undefined;

/** Makes the `n`-th operation of a kind fail from now on, once. */
export function arm(kind: FaultKind, n: number): void {
  armed = { kind, left: n };
}

/** Removes the fault; true if the operation never came. */
export function disarm(): boolean {
  const never = armed !== undefined;
  armed = undefined;
  return never;
}

/** Whether this operation is the one that fails. */
export function fails(kind: FaultKind): boolean {
  if (armed?.kind !== kind || (armed.left -= 1) > 0) return false;
  armed = undefined;
  return true;
}

type Operation = (this: unknown, ...args: unknown[]) => unknown;

function tamper(prototype: object, kind: FaultKind, name: string): void {
  const real = Reflect.get(prototype, name) as Operation;
  const broken: Operation = function (...args) {
    if (fails(kind)) throw new DOMException('The disk is full.', 'QuotaExceededError');
    return real.apply(this, args);
  };
  Reflect.set(prototype, name, broken);
}

const reads = ['get', 'getAll', 'getAllKeys', 'getKey', 'count', 'openCursor', 'openKeyCursor'];
for (const name of [...reads, 'put', 'add', 'delete', 'clear'])
  tamper(IDBObjectStore.prototype, 'request', name);
for (const name of reads) tamper(IDBIndex.prototype, 'request', name);

/** Called before each transaction of a connection. The transaction throws what this throws. */
type Hook = (mode: IDBTransactionMode) => void;
const hooks = new WeakMap<object, Hook>();

/** Watches a connection's transactions. Patches the prototype, because Dexie binds the method when it opens. */
export function beforeTransaction(connection: object, hook: Hook): void {
  hooks.set(connection, hook);
}

const begin = Reflect.get(IDBDatabase.prototype, 'transaction') as Operation;
const watched: Operation = function (stores, mode, options) {
  if (this instanceof IDBDatabase) hooks.get(this)?.((mode ?? 'readonly') as IDBTransactionMode);
  if (fails('transaction')) throw new DOMException('The disk is full.', 'QuotaExceededError');
  return begin.call(this, stores, mode, options);
};
Reflect.set(IDBDatabase.prototype, 'transaction', watched);
