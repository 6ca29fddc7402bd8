import type { CrmDatabase } from './database';
import type { OutboxEntry } from './records';

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
