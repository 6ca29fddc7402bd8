import type { ActivityEvent, Mutation } from '$lib/remote/request';
import type { OutboxEntry, StoredEvent } from '$lib/store/records';

/**
 * The part of an outbox entry that travels.
 * @param own_times as `ownTimes` finds them
 */
export function mutationOnWire(entry: OutboxEntry, own_times?: string[]): Mutation {
  const { mutation_id, seq, group_id, entity, id, op, base_version, base, patch, occurred_at, known_at } =
    entry;
  const group = group_id ? { group_id } : {};
  const times = { ...(known_at ? { known_at } : {}), ...(own_times ? { own_times } : {}) };
  return { mutation_id, seq, ...group, entity, id, op, base_version, base, patch, occurred_at, ...times };
}

/** The part of a kept event that travels. */
export function eventOnWire(event: StoredEvent): ActivityEvent {
  const { event_id, seq, action, entity_type, entity_id, occurred_at, known_at } = event;
  const known = known_at ? { known_at } : {};
  return { event_id, seq, action, entity_type, entity_id, occurred_at, ...known };
}
