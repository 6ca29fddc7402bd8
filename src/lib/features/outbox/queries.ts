import { currentStore } from '$lib/store/current';
import type { OutboxEntry } from '$lib/store/records';
import { describe, type Sentence } from './describe';

export interface Waiting {
  entry: OutboxEntry;
  sentence: Sentence;
}

const shown = 200;

/** The changes that the server does not have, oldest first, in words; at most 200 of them. */
export async function waiting(): Promise<{ items: Waiting[]; total: number }> {
  const { db } = currentStore();
  const entries = await db.outbox.where('state').anyOf('pending', 'reoffered', 'refused').sortBy('seq');
  const items = await Promise.all(
    entries.slice(0, shown).map(async (entry) => {
      const row = await db.rows(entry.entity).get(entry.id);
      return { entry, sentence: describe(entry, row) };
    }),
  );
  return { items, total: entries.length };
}
