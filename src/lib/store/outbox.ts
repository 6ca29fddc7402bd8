import type { CrmDatabase } from './database';
import type { OutboxEntry } from './tables';

/** How many mutations wait for the server's answer. Each state is counted by itself: several at once are walked one by one. */
export async function countWaiting({ outbox }: CrmDatabase): Promise<number> {
  const count = (state: OutboxEntry['state']) => outbox.where('state').equals(state).count();
  const [pending, reoffered] = await Promise.all([count('pending'), count('reoffered')]);
  return pending + reoffered;
}

/** How many changes only this device has, including those that the server refused. */
export async function countUnsent(db: CrmDatabase): Promise<number> {
  const [waiting, refused] = await Promise.all([
    countWaiting(db),
    db.outbox.where('state').equals('refused').count(),
  ]);
  return waiting + refused;
}

/**
 * The outbox entries with these sequence numbers, as far as there are any. Numbers that stand close together, as those
 * of one batch do, are read as one range: a request for each would cost more than all of them.
 */
export async function entriesOf({ outbox }: CrmDatabase, seqs: readonly number[]): Promise<OutboxEntry[]> {
  const wanted = new Set(seqs);
  const first = seqs.reduce((a, b) => Math.min(a, b), Infinity);
  const last = seqs.reduce((a, b) => Math.max(a, b), 0);
  const found =
    last - first < 4 * wanted.size && wanted.size > 0
      ? await outbox.where('seq').between(first, last, true, true).toArray()
      : await outbox.bulkGet([...wanted]);
  return found.filter((entry) => entry !== undefined && wanted.has(entry.seq)) as OutboxEntry[];
}
