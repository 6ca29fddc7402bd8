import { currentStore } from '$lib/store/current';

/** Everything the server has not taken from this device, as a JSON file to keep. */
export async function unsentFile(): Promise<File> {
  const { db, userId, now } = currentStore();
  const mutations = await db.outbox.where('state').anyOf('pending', 'reoffered', 'refused').toArray();
  const at = now().toISOString();
  const text = JSON.stringify({ user_id: userId, exported_at: at, mutations }, null, 2);
  return new File([text], `unsent-changes-${at.slice(0, 10)}.json`, { type: 'application/json' });
}

/** Hands a file to the browser's downloads. */
export function download(file: File): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  // The download has its own hold on the data once the click is handled.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
