import * as z from 'zod/mini';
import { entityNames, type EntityName } from '$lib/entities/registry';
import { fileKinds, type FileKind } from './file-kind';
import type { RowProblem } from './file-problem';
import type { PlannedRow } from './plan';
import type { SourceTable } from './source-table';

/** A running import, in the stored form that can continue after a reload. */
export interface KeptRun {
  batchId: string;
  fileName: string;
  kind: FileKind;
  rows: PlannedRow[];
  skipped: RowProblem[];
  /** The rows of the file, for the list of those not imported. */
  table: SourceTable;
}

/** The progress of a stored import. */
export interface Position {
  batchId: string;
  written: number;
}

/** The data that undoing an import needs besides the rows with its batch. */
export interface UndoNotes {
  updates: { entity: EntityName; id: string; before: object; after: object }[];
}

/**
 * A stored import without its rows. The rows are stored in portions beside it, because one large write would block the
 * page.
 */
export interface Head extends Omit<KeptRun, 'rows' | 'table'> {
  table: Omit<SourceTable, 'rows'>;
  portions: number;
}

export interface Portion {
  rows: PlannedRow[];
  source: SourceTable['rows'];
}

// The stored form of an import, as another release may have stored it. New fields have a default.

const problem = z.object({ row: z.number(), name: z.optional(z.string()), reason: z.string() });
const sourceRow = z.object({ number: z.number(), cells: z.array(z.string()) });
const fields = z.record(z.string(), z.unknown());
const edit = z.object({
  op: z.enum(['insert', 'update', 'delete', 'restore']),
  entity: z.enum(entityNames),
  id: z.string(),
  values: z.optional(fields),
  seen: z.optional(fields),
});

const head = z.object({
  batchId: z.string(),
  fileName: z._default(z.string(), ''),
  kind: z.enum(fileKinds),
  skipped: z._default(z.array(problem), []),
  table: z.object({
    headers: z.array(z.string()),
    unread: z._default(z.array(sourceRow), []),
    problems: z._default(z.array(problem), []),
  }),
  portions: z.number(),
});
const portion = z.object({
  rows: z.array(z.object({ row: z.number(), name: z.optional(z.string()), edits: z.array(edit) })),
  source: z._default(z.array(sourceRow), []),
});
const position = z.object({ batchId: z.string(), written: z.number() });
const undoNotes = z.object({
  updates: z.array(z.object({ entity: z.enum(entityNames), id: z.string(), before: fields, after: fields })),
});

const reader =
  <Kept>(schema: z.ZodMiniType) =>
  (kept: unknown): Kept | undefined =>
    schema.safeParse(kept).data as Kept | undefined;

/** A stored import without its rows; `undefined` if it cannot be read. */
export const readHead = reader<Head>(head);
/** Some rows of a stored import; `undefined` if they cannot be read. */
export const readPortion = reader<Portion>(portion);
/** The progress of a stored import; `undefined` if it cannot be read. */
export const readPosition = reader<Position>(position);
/** The data for undoing an import; `undefined` if it cannot be read. */
export const readUndoNotes = reader<UndoNotes>(undoNotes);
