import type { EntityName } from '$lib/entities/registry';
import type { Store } from './store';

type Listener = (store: Store, entities: EntityName[]) => void;
const listeners = new Set<Listener>();

/** Calls `listener` after each local write of this tab; returns the way to stop. */
export function onWrite(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells that something waits to be sent: mutations of these entities, or events alone. */
export function announceWrite(store: Store, entities: EntityName[] = []): void {
  for (const listener of listeners) listener(store, entities);
}
