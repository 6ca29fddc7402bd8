import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setCurrentStore } from '$lib/store/current';
import { all } from '$lib/store/read';
import { openStore, type Store } from '$lib/store/store';
import { guessColumns } from './guess';
import { keepPosition, keptRun } from './kept-run';
import { readCsv } from './read-csv';
import { ImportRun } from './run.svelte';

let store: Store;

beforeEach(async () => {
  store = await openStore(crypto.randomUUID());
  setCurrentStore(store);
});
afterEach(async () => {
  setCurrentStore(undefined);
  await store.db.delete();
});

const people = (count: number) =>
  `First name,Email\n${Array.from({ length: count }, (_, n) => `No ${n},n${n}@example.com\n`).join('')}`;
const options = { kind: 'contacts', duplicates: 'skip' } as const;
/** Milliseconds. The machine may be busy. */
const timeout = 20_000;
const written = () => store.db.rows('contacts').count();

/** Begins an import that stops writing after some rows, as a closed tab does. */
async function begun(count: number) {
  const table = await readCsv(new Blob([people(count)]));
  const run = new ImportRun('people.csv');
  const ended = run.start(table, guessColumns(table.headers), options);
  await vi.waitUntil(() => run.imported > 0, { interval: 1, timeout });
  run.pause();
  await vi.waitUntil(async () => (await keptRun(store))?.written === run.imported, { interval: 5, timeout });
  return { run, ended };
}

test('a paused import writes nothing and can continue to the end', async () => {
  const { run, ended } = await begun(450);
  const at = await written();
  expect([run.state, at < 450]).toEqual(['paused', true]);
  run.resume();
  await ended;
  expect([run.state, run.imported, await written()]).toEqual(['done', 450, 450]);
  expect(await keptRun(store)).toBeUndefined();
});

test('continues after a reload and creates nothing twice', async () => {
  await begun(450);
  const kept = await keptRun(store);
  if (!kept) throw new Error('nothing kept');
  // The power failed after the rows were written and before that was recorded.
  await keepPosition(store, { batchId: kept.run.batchId, written: kept.written - 100 });
  const again = await keptRun(store);
  const resumed = ImportRun.resumed(again?.run ?? kept.run, again?.written ?? 0);
  expect([resumed.state, resumed.total, resumed.imported]).toEqual(['paused', 450, kept.written - 100]);
  resumed.resume();
  await vi.waitUntil(() => resumed.state === 'done', { timeout });
  expect([resumed.imported, await written()]).toEqual([450, 450]);
  const inserted = (await store.db.outbox.toArray()).filter(({ entity }) => entity === 'contacts');
  expect(new Set(inserted.map(({ id }) => id)).size).toBe(inserted.length);
  expect((await all('contacts')).every((row) => row.import_batch_id === kept.run.batchId)).toBe(true);
});

test('stopping an interrupted import names the remaining rows', async () => {
  await begun(450);
  const kept = await keptRun(store);
  if (!kept) throw new Error('nothing kept');
  const resumed = ImportRun.resumed(kept.run, kept.written);
  resumed.cancel();
  await vi.waitUntil(() => resumed.state === 'cancelled', { timeout });
  expect(resumed.imported + resumed.skipped.length).toBe(450);
  await vi.waitUntil(async () => (await keptRun(store)) === undefined, { timeout });
});
