import type { OutboxEntry } from '$lib/store/records';
import type { Device } from './device';

/** A mutation as its author made it, and on which tablet. */
export type Made = OutboxEntry & { userId: string };

/** All that anybody ever did, kept beside the tablets and the server so that both can be held against it. */
export class Ledger {
  readonly mutations = new Map<string, Made>();
  readonly events = new Set<string>();
  /** What no tablet and no server is bound to know any more, and why that is right. */
  readonly excused = new Map<string, string>();

  /** Writes down what is new on a tablet. */
  async note({ store, userId }: Device): Promise<void> {
    for (const entry of await store.db.outbox.toArray())
      if (!this.mutations.has(entry.mutation_id))
        this.mutations.set(entry.mutation_id, { ...structuredClone(entry), userId });
    // No log takes an event about what is no id.
    for (const event of await store.db.events.toArray())
      if (!event.entity_id?.startsWith('poison')) this.events.add(event.event_id);
  }

  excuse(mutationIds: Iterable<string>, why: string): void {
    for (const id of mutationIds) this.excused.set(id, why);
  }
}
