import type { EntityName } from '$lib/entities/registry';
import type { Store } from './store';

type Listener = (store: Store, entities: EntityName[]) => void;
const listeners = new Set<Listener>();

/** Calls `listener` after each local write of this tab; returns the way to stop. */
export function onWrite(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Tells that something waits to be sent: mutations of these entities, or events alone. It is stored by now: a listener
 * that breaks must not make it look as if it were not, or it would be written once more.
 */
export function announceWrite(store: Store, entities: EntityName[] = []): void {
  for (const listener of listeners)
    try {
      listener(store, entities);
    } catch (cause) {
      console.error(cause);
    }
}
