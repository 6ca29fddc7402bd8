import type { ActivityEvent, Mutation } from '$lib/remote/request';
import type { OutboxEntry, StoredEvent } from '$lib/store/records';

/** The part of an outbox entry that travels. */
export function mutationOnWire(entry: OutboxEntry): Mutation {
  const { mutation_id, seq, group_id, entity, id, op, base_version, base, patch, occurred_at, known_at } =
    entry;
  const group = group_id ? { group_id } : {};
  const known = known_at ? { known_at } : {};
  return { mutation_id, seq, ...group, entity, id, op, base_version, base, patch, occurred_at, ...known };
}

/** The part of a kept event that travels. */
export function eventOnWire(event: StoredEvent): ActivityEvent {
  const { event_id, seq, action, entity_type, entity_id, occurred_at } = event;
  return { event_id, seq, action, entity_type, entity_id, occurred_at };
}
