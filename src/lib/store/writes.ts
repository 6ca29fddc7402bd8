import type { Store } from './store';

type Listener = (store: Store) => void;
const listeners = new Set<Listener>();

/** Calls `listener` after each local write of this tab; returns the way to stop. */
export function onWrite(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells that something waits to be sent. */
export function announceWrite(store: Store): void {
  for (const listener of listeners) listener(store);
}
