import type { EntityName } from '$lib/entities/registry';
import type { Edit } from '$lib/store/mutate';
import type { Store } from '$lib/store/store';
import type { FileKind } from './file-kind';
import type { RowProblem } from './file-problem';
import type { PlannedRow } from './plan';
import type { SourceTable } from './read-csv';

/** An import under way, as it is kept on the device so that it can go on after a reload. */
export interface KeptRun {
  batchId: string;
  fileName: string;
  kind: FileKind;
  rows: PlannedRow[];
  skipped: RowProblem[];
  /** The file's rows that are not in `rows`, for the list of those not imported. */
  table: SourceTable;
}

/** How far a kept import has come. */
interface Position {
  batchId: string;
  written: number;
}

/** What undoing an import has to know beside the rows that carry its batch. */
export interface UndoNotes {
  deals: string[];
  updates: { entity: EntityName; id: string; before: object; after: object }[];
}

// The keys begin with `import`, so that they leave the device together with the records.
const runKey = 'import_run';
const positionKey = 'import_position';
const notesKey = (batchId: string) => `import_notes:${batchId}`;

/** Keeps an import before its first row is written. */
export async function keepRun({ db }: Store, run: KeptRun): Promise<void> {
  const edits = run.rows.flatMap((row) => row.edits);
  const notes: UndoNotes = {
    deals: edits.flatMap((edit) => (edit.op === 'insert' && edit.entity === 'deals' ? [edit.id] : [])),
    updates: edits.flatMap(noteOf),
  };
  await db.meta.bulkPut([
    { key: runKey, value: run },
    { key: positionKey, value: { batchId: run.batchId, written: 0 } },
    ...(notes.deals.length + notes.updates.length > 0 ? [{ key: notesKey(run.batchId), value: notes }] : []),
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

/** Notes that the first `written` rows are stored. */
export const keepPosition = ({ db }: Store, position: Position): Promise<unknown> =>
  db.meta.put({ key: positionKey, value: position });

/** The import that was cut off, if any. */
export async function keptRun({ db }: Store): Promise<{ run: KeptRun; written: number } | undefined> {
  const [run, position] = await db.meta.bulkGet([runKey, positionKey]);
  const kept = run?.value as KeptRun | undefined;
  const at = position?.value as Position | undefined;
  return kept && { run: kept, written: at?.batchId === kept.batchId ? at.written : 0 };
}

/** The import is over. */
export const forgetRun = ({ db }: Store): Promise<void> => db.meta.bulkDelete([runKey, positionKey]);

export async function undoNotes({ db }: Store, batchId: string): Promise<UndoNotes | undefined> {
  return (await db.meta.get(notesKey(batchId)))?.value as UndoNotes | undefined;
}

export const forgetUndoNotes = ({ db }: Store, batchId: string): Promise<void> =>
  db.meta.delete(notesKey(batchId));
