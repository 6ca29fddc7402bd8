import type { OutboxEntry } from '$lib/store/tables';
import type { Operation } from '$lib/entities/mutation';
import { currentStore } from '$lib/store/current';
import type { LogEntry } from '$lib/shared/history/entry';

/** The entry that the log will have for a mutation once the server has it. */
const actions: Record<Operation, string> = {
  insert: 'create',
  update: 'update',
  delete: 'delete',
  restore: 'restore',
  merge: 'merge',
};

/** An action of this device's user that the server has not recorded yet. */
export type UnsentEntry = Omit<LogEntry, 'timestamp' | 'ip_address'>;

/** This user's unsent events and changes, newest first. */
export async function unsentEntries(): Promise<UnsentEntry[]> {
  const { db, userId } = currentStore();
  const [events, mutations] = await Promise.all([
    db.events.toArray(),
    db.outbox.where('state').anyOf('pending', 'reoffered').toArray(),
  ]);
  const entries: UnsentEntry[] = [
    ...events.map(({ event_id, action, entity_type, entity_id, occurred_at }) => ({
      id: event_id,
      user_id: userId,
      action,
      entity_type,
      entity_id,
      occurred_at,
      changes: null,
    })),
    ...mutations.map((mutation) => ({
      id: mutation.mutation_id,
      user_id: userId,
      action: actions[mutation.op],
      entity_type: mutation.entity,
      entity_id: mutation.id,
      occurred_at: mutation.occurred_at,
      changes: changesOf(mutation),
    })),
  ];
  return entries.sort((a, b) => Date.parse(b.occurred_at) - Date.parse(a.occurred_at));
}

function changesOf({ op, base, patch }: OutboxEntry): LogEntry['changes'] {
  if (op !== 'update') return null;
  return Object.fromEntries(
    Object.entries(patch).map(([field, value]) => [field, { old: base[field] ?? null, new: value }]),
  );
}
