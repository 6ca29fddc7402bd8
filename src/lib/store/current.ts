import type { Store } from './store';

let open: Store | undefined;

/** The working set of the person who is signed in. @throws before the session has opened one. */
export function currentStore(): Store {
  if (!open) throw new Error('No working set is open.');
  return open;
}

/** Called by the session alone, when a person comes or goes. */
export function setCurrentStore(store: Store | undefined): void {
  open = store;
}

/** A value kept in memory for the open working set. It is made on first use and dropped when another one opens. */
export function perStore<T>(make: () => T): () => T {
  const kept = new WeakMap<Store, T>();
  return () => {
    const store = currentStore();
    const known = kept.get(store) ?? make();
    kept.set(store, known);
    return known;
  };
}
