import type { CrmDatabase } from '$lib/store/database';
import type { OutboxEntry } from '$lib/store/tables';

/** Milliseconds between a time that dates an act and the act itself. The server uses the same limit. */
const atOnce = 60_000;

/**
 * The fields in which a mutation puts back a time that only this device's clock has told: an earlier mutation of the
 * record dated its own act so. The server has corrected that time, and has to correct this one too. Undoing a move of a
 * deal that was won without a network is an example.
 * @returns the fields by the `seq` of their mutation, without those that have none
 */
export async function ownTimes(
  { outbox }: CrmDatabase,
  mutations: readonly OutboxEntry[],
): Promise<Map<number, string[]>> {
  const found = new Map<number, string[]>();
  for (const mutation of mutations.filter(({ op }) => op === 'update')) {
    const times = timesIn(mutation).filter(([, time]) => !dates(mutation, time));
    if (times.length === 0) continue;
    const { entity, id, seq } = mutation;
    const earlier = (await outbox.where('[entity+id]').equals([entity, id]).toArray()).filter(
      (entry) => entry.seq < seq,
    );
    const own = times.filter(([field, time]) =>
      earlier.some((entry) => entry.patch[field] === time && dates(entry, time)),
    );
    if (own.length > 0)
      found.set(
        seq,
        own.map(([field]) => field),
      );
  }
  return found;
}

const timesIn = ({ patch }: OutboxEntry): [string, string][] =>
  Object.entries(patch).flatMap(([field, value]) =>
    field.endsWith('_at') && typeof value === 'string' ? [[field, value] as [string, string]] : [],
  );

/** Whether a time in a patch is the time of its act. */
const dates = ({ occurred_at }: OutboxEntry, time: string): boolean =>
  Math.abs(Date.parse(time) - Date.parse(occurred_at)) <= atOnce;
