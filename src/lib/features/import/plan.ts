import { contactName } from '$lib/entities/contact';
import type { Edit } from '$lib/store/mutate';
import type { Store } from '$lib/store/store';
import { answersFor, type Said } from './answers';
import { buildRow, type BuiltRow } from './build-row';
import type { DuplicateChoice, FileKind } from './file-kind';
import type { RowProblem } from './file-problem';
import type { Known } from './known';
import { Planner } from './planner';
import type { SourceTable } from './read-csv';
import type { Column } from './targets';
import { Twins } from './twins';

/** What a row will write: nothing if an earlier row has made its company, or is about the same person. */
export interface PlannedRow {
  row: number;
  name: string | undefined;
  edits: Edit[];
}

export interface Plan {
  rows: PlannedRow[];
  skipped: RowProblem[];
  /** Values that cannot be read in rows that are imported all the same. They stay in the text of the record. */
  unread: RowProblem[];
  counts: Counts;
}

/** How many records will be added, and how many rows change one that is there. */
export type Counts = Record<FileKind | 'updated', number>;

export interface ImportOptions {
  kind: FileKind;
  /** What happens to a row whose record is there. */
  duplicates: DuplicateChoice;
  /** What the person has said about the file as a whole. */
  said?: Said;
}

/** The reason of a row whose record this device has. */
export const alreadyThere = 'Already there.';

/**
 * Decides for each row what it becomes, without writing anything. Pauses now and then, so that a large file
 * does not hold up the page.
 * @param batchId the import that new records will carry
 */
export async function planImport(
  store: Store,
  table: SourceTable,
  columns: Column[],
  known: Known,
  options: ImportOptions & { batchId: string },
): Promise<Plan> {
  const planner = new Planner(store, known, options);
  const plan: Plan = { rows: [], skipped: [...table.problems], unread: [], counts: planner.counts };
  const seen = new Map<string, number>();
  const built: { row: number; record: Exclude<BuiltRow, { kind: 'problem' }> }[] = [];
  const reading = {
    ...answersFor(table, columns, options.kind, options.said),
    kind: options.kind,
    member: (name: string) => known.member(name),
    now: store.now(),
  };
  const twins = new Twins();

  for (const [index, row] of table.rows.entries()) {
    if (index % 500 === 499) await pause();
    const text = row.cells.join('\u001f');
    const twin = seen.get(text);
    if (twin !== undefined) {
      plan.skipped.push({ row: row.number, reason: `The same as row ${twin}.` });
      continue;
    }
    seen.set(text, row.number);
    const record = buildRow(row, columns, reading);
    const reason = record.kind === 'problem' ? record.reason : planner.isToSkip(record) && alreadyThere;
    if (record.kind === 'problem' || reason) skip(row.number, record, reason || '');
    else {
      const isNew = options.duplicates !== 'create' && !planner.isThere(record);
      built.push({ row: row.number, record: isNew ? twins.joined(row.number, record) : record });
      noteUnread(row.number, record);
    }
    if (!reason && record.kind === 'company') planner.describeCompany(record.values);
  }
  const planned = new Set<BuiltRow>();
  for (const [index, { row, record }] of built.entries()) {
    if (index % 500 === 499) await pause();
    const edits = planned.has(record) ? [] : planner.editsOf(record);
    planned.add(record);
    if (typeof edits === 'string') skip(row, record, edits);
    else plan.rows.push({ row, name: nameOf(record), edits });
  }
  plan.skipped.sort((a, b) => a.row - b.row);
  plan.unread.push(...twins.hints);
  plan.unread.sort((a, b) => a.row - b.row);
  return plan;

  function noteUnread(row: number, record: BuiltRow) {
    const name = nameOf(record);
    for (const reason of record.unread ?? [])
      plan.unread.push({ row, ...(name === undefined ? {} : { name }), reason });
  }

  function skip(row: number, record: BuiltRow, reason: string) {
    const name = nameOf(record);
    plan.skipped.push({ row, ...(name === undefined ? {} : { name }), reason });
  }
}

function nameOf(record: BuiltRow): string | undefined {
  if (record.kind === 'problem') return undefined;
  if (record.kind !== 'contact') return record.values.name;
  return contactName({ first_name: null, last_name: null, ...record.values });
}

const pause = () => new Promise((resolve) => setTimeout(resolve));
