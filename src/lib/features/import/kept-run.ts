import type { Edit } from '$lib/entities/mutation';
import type { Store } from '$lib/store/store';
import type { PlannedRow } from './plan';
import type { SourceTable } from './source-table';
import {
  readHead,
  readPortion,
  readPosition,
  readUndoNotes,
  type Head,
  type KeptRun,
  type Portion,
  type Position,
  type UndoNotes,
} from './read-kept-run';

// The keys begin with `import`, so that they are deleted together with the records.
const runKey = 'import_run';
const positionKey = 'import_position';
const portionKey = (number: number) => `import_rows:${String(number).padStart(6, '0')}`;
const notesKey = (batchId: string) => `import_notes:${batchId}`;

const rowsAtOnce = 500;

/**
 * Stores an import before its first row is written. If the page reloads before this is complete, there is nothing to
 * continue.
 */
export async function keepRun({ db }: Store, run: KeptRun): Promise<void> {
  const {
    rows,
    table: { rows: source, ...table },
    ...rest
  } = run;
  const portions = Math.ceil(Math.max(rows.length, source.length) / rowsAtOnce);
  await db.meta.where('key').startsWith('import_rows:').delete();
  for (let number = 0; number < portions; number++) {
    const [from, to] = [number * rowsAtOnce, (number + 1) * rowsAtOnce];
    const value: Portion = { rows: rows.slice(from, to), source: source.slice(from, to) };
    await db.meta.put({ key: portionKey(number), value });
  }
  const updates = rows.flatMap((row) => row.edits).flatMap(noteOf);
  const head: Head = { ...rest, table, portions };
  await db.meta.bulkPut([
    { key: runKey, value: head },
    { key: positionKey, value: { batchId: run.batchId, written: 0 } },
    ...(updates.length > 0 ? [{ key: notesKey(run.batchId), value: { updates } satisfies UndoNotes }] : []),
  ]);
}

function noteOf(edit: Edit): UndoNotes['updates'] {
  if (edit.op !== 'update') return [];
  const { entity, id, values, seen } = edit;
  const before = Object.fromEntries(
    Object.keys(values).map((field) => [field, Reflect.get(seen ?? {}, field)]),
  );
  return [{ entity, id, before, after: values }];
}

/** Records that the first `written` rows are stored. */
export const keepPosition = ({ db }: Store, position: Position): Promise<unknown> =>
  db.meta.put({ key: positionKey, value: position });

/**
 * The interrupted import, if there is one. If another release stored one that this release cannot read, it is over: its
 * written rows stay and can be undone.
 */
export async function keptRun(store: Store): Promise<{ run: KeptRun; written: number } | undefined> {
  const { db } = store;
  const [kept, position] = await db.meta.bulkGet([runKey, positionKey]);
  if (!kept) return undefined;
  const run = await readRun(db, readHead(kept.value));
  if (!run) {
    await forgetRun(store);
    return undefined;
  }
  const at = readPosition(position?.value);
  return { run, written: at?.batchId === run.batchId ? at.written : 0 };
}

async function readRun(db: Store['db'], head: Head | undefined): Promise<KeptRun | undefined> {
  if (!head) return undefined;
  const { table, portions, ...rest } = head;
  const rows: PlannedRow[] = [];
  const source: SourceTable['rows'] = [];
  for (let number = 0; number < portions; number++) {
    const portion = readPortion((await db.meta.get(portionKey(number)))?.value);
    // The position counts rows, so no row may be missing.
    if (!portion) return undefined;
    for (const row of portion.rows) rows.push(row);
    for (const row of portion.source) source.push(row);
  }
  return { ...rest, rows, table: { ...table, rows: source } };
}

/** The import is over. */
export async function forgetRun({ db }: Store): Promise<void> {
  await db.meta.bulkDelete([runKey, positionKey]);
  await db.meta.where('key').startsWith('import_rows:').delete();
}

export async function undoNotes({ db }: Store, batchId: string): Promise<UndoNotes | undefined> {
  return readUndoNotes((await db.meta.get(notesKey(batchId)))?.value);
}

export const forgetUndoNotes = ({ db }: Store, batchId: string): Promise<void> =>
  db.meta.delete(notesKey(batchId));
