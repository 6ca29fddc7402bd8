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
