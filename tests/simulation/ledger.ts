import { expect } from 'vitest';
import type { OutboxEntry } from '$lib/store/tables';
import type { ActivityEvent } from '$lib/entities/activity-event';
import { mutationOnWire } from '$lib/sync/push';
import type { Device } from './device';

/** A mutation as its author created it, and its tablet. */
export type Made = OutboxEntry & { userId: string };

/** Everything that anyone did, stored apart from the tablets and the server so that both can be compared with it. */
export class Ledger {
  readonly mutations = new Map<string, Made>();
  readonly events = new Set<string>();
  /** Data that no tablet and no server has to know any more, with the reason. */
  readonly excused = new Map<string, string>();

  /** Records new data on a tablet, and compares the rest with what was recorded. */
  async note({ store, userId }: Device): Promise<void> {
    for (const entry of await store.db.outbox.toArray()) {
      const known = this.mutations.get(entry.mutation_id);
      if (known) expect(mutationOnWire(entry), 'queued data never changes').toEqual(mutationOnWire(known));
      else this.mutations.set(entry.mutation_id, { ...structuredClone(entry), userId });
    }
    this.#noteEvents(await store.db.events.toArray());
  }

  /** Records changes that bypassed every tablet. */
  noteForeign(made: Made): void {
    this.mutations.set(made.mutation_id, made);
  }

  /**
   * Records the events of a push: an event that is created and sent within one cycle is never visible on the tablet.
   */
  noteSent(request: object): void {
    if ('events' in request) this.#noteEvents(request.events as ActivityEvent[]);
  }

  #noteEvents(events: Pick<ActivityEvent, 'event_id' | 'entity_id'>[]): void {
    // The log accepts no event about an invalid id.
    for (const event of events) if (!event.entity_id?.startsWith('poison')) this.events.add(event.event_id);
  }

  excuse(mutationIds: Iterable<string>, why: string): void {
    for (const id of mutationIds) this.excused.set(id, why);
  }
}
