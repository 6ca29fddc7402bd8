import type { CrmDatabase } from './database';
import type { OutboxEntry } from './records';

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
