import * as z from 'zod/mini';
import { entityNames, type EntityName } from '$lib/entities/registry';
import { fileKinds, type FileKind } from './file-kind';
import type { RowProblem } from './file-problem';
import type { PlannedRow } from './plan';
import type { SourceTable } from './source-table';

/** An import under way, as it is kept on the device so that it can go on after a reload. */
export interface KeptRun {
  batchId: string;
  fileName: string;
  kind: FileKind;
  rows: PlannedRow[];
  skipped: RowProblem[];
  /** The rows of the file, for the list of those not imported. */
  table: SourceTable;
}

/** How far a kept import has come. */
export interface Position {
  batchId: string;
  written: number;
}

/** What undoing an import has to know beside the rows that carry its batch. */
export interface UndoNotes {
  updates: { entity: EntityName; id: string; before: object; after: object }[];
}

/** A kept import without its rows, which stand in portions beside it: one large write would hold up the page. */
export interface Head extends Omit<KeptRun, 'rows' | 'table'> {
  table: Omit<SourceTable, 'rows'>;
  portions: number;
}

export interface Portion {
  rows: PlannedRow[];
  source: SourceTable['rows'];
}

// What an import keeps on the device, as another release may have kept it. What is new has a default.

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

/** A kept import without its rows; `undefined` if it cannot be read. */
export const readHead = reader<Head>(head);
/** Some of a kept import's rows; `undefined` if they cannot be read. */
export const readPortion = reader<Portion>(portion);
/** How far a kept import has come; `undefined` if that cannot be read. */
export const readPosition = reader<Position>(position);
/** What undoing an import needs; `undefined` if it cannot be read. */
export const readUndoNotes = reader<UndoNotes>(undoNotes);
