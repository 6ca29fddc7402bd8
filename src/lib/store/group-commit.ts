import { writeDirectly } from './direct';
import { asStoreError } from './errors';
import type { Store } from './store';
import { announceWrite } from './writes';
import { entitiesOf, tablesOf, writeSaves, type Save } from './write-saves';

interface WaitingSave extends Save {
  resolve(): void;
  reject(cause: unknown): void;
}

const editsAtOnce = 500;
const waiting = new WeakMap<Store, WaitingSave[]>();

/**
 * Stores a save together with the others of its tick and with those that came while the last transaction
 * was under way: a transaction costs more than the rows in it. Saves are stored in the order of the calls.
 * @throws StoreError for this save alone, of which nothing is stored then
 */
export function commitSave(store: Store, save: Save): Promise<void> {
  return new Promise((resolve, reject) => {
    const entry = { ...save, resolve, reject };
    const others = waiting.get(store);
    if (others) others.push(entry);
    else {
      const saves = [entry];
      waiting.set(store, saves);
      queueMicrotask(() => void commitAll(store, saves));
    }
  });
}

async function commitAll(store: Store, saves: WaitingSave[]): Promise<void> {
  while (saves.length > 0) await commit(store, take(saves));
  waiting.delete(store);
}

/** The first saves, as many as make one transaction; a large save is never split. */
function take(saves: WaitingSave[]): WaitingSave[] {
  let count = 0;
  for (let edits = 0; count < saves.length; count++) {
    edits += saves[count]?.edits.length ?? 0;
    if (count > 0 && edits > editsAtOnce) break;
  }
  return saves.splice(0, count);
}

/** Stores saves in one transaction; where that is aborted, each in one of its own, to find the culprit. */
async function commit(store: Store, saves: WaitingSave[]): Promise<void> {
  let refused: Map<WaitingSave, unknown>;
  try {
    refused = await writeDirectly(store.db, tablesOf(saves), (transaction) =>
      writeSaves(store, transaction, saves),
    );
  } catch (cause) {
    if (saves.length > 1) for (const save of saves) await commit(store, [save]);
    else saves[0]?.reject(asStoreError(cause));
    return;
  }
  for (const save of saves)
    if (refused.has(save)) save.reject(refused.get(save));
    else save.resolve();
  if (refused.size < saves.length) announceWrite(store, entitiesOf(saves));
}
