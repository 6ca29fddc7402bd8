import { expect } from 'vitest';
import type { ActivityEvent, OutboxEntry } from '$lib/store/records';
import { mutationOnWire } from '$lib/sync/on-wire';
import type { Device } from './device';

/** A mutation as its author made it, and on which tablet. */
export type Made = OutboxEntry & { userId: string };

/** All that anybody ever did, kept beside the tablets and the server so that both can be held against it. */
export class Ledger {
  readonly mutations = new Map<string, Made>();
  readonly events = new Set<string>();
  /** What no tablet and no server is bound to know any more, and why that is right. */
  readonly excused = new Map<string, string>();

  /** Writes down what is new on a tablet, and compares the rest with what was written down. */
  async note({ store, userId }: Device): Promise<void> {
    for (const entry of await store.db.outbox.toArray()) {
      const known = this.mutations.get(entry.mutation_id);
      if (known) expect(mutationOnWire(entry), 'what is queued never changes').toEqual(mutationOnWire(known));
      else this.mutations.set(entry.mutation_id, { ...structuredClone(entry), userId });
    }
    this.#noteEvents(await store.db.events.toArray());
  }

  /** Writes down what came past every tablet. */
  noteForeign(made: Made): void {
    this.mutations.set(made.mutation_id, made);
  }

  /** Writes down the events of a push: one made and sent within a cycle is never seen on the tablet. */
  noteSent(request: object): void {
    if ('events' in request) this.#noteEvents(request.events as ActivityEvent[]);
  }

  #noteEvents(events: Pick<ActivityEvent, 'event_id' | 'entity_id'>[]): void {
    // No log takes an event about what is no id.
    for (const event of events) if (!event.entity_id?.startsWith('poison')) this.events.add(event.event_id);
  }

  excuse(mutationIds: Iterable<string>, why: string): void {
    for (const id of mutationIds) this.excused.set(id, why);
  }
}
