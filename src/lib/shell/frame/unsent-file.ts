import { currentStore } from '$lib/store/current';

/** All changes that the server has not accepted from this device, as a JSON file. */
export async function unsentFile(): Promise<File> {
  const { db, userId, now } = currentStore();
  const mutations = await db.outbox.where('state').anyOf('pending', 'reoffered', 'refused').toArray();
  const at = now().toISOString();
  const text = JSON.stringify({ user_id: userId, exported_at: at, mutations }, null, 2);
  return new File([text], `unsent-changes-${at.slice(0, 10)}.json`, { type: 'application/json' });
}
