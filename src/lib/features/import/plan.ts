import { contactName } from '$lib/entities/contact';
import type { Edit } from '$lib/entities/mutation';
import type { Store } from '$lib/store/store';
import { answersFor } from './answers';
import { buildRow } from './build-row';
import type { BuiltRow, Reading } from './built-row';
import type { RowProblem } from './file-problem';
import type { Counts, ImportOptions } from './import-options';
import type { Known } from './known';
import { Planner } from './planner';
import type { SourceRow, SourceTable } from './source-table';
import type { Column } from './targets';
import { Twins } from './twins';

/** The edits of a row; none if an earlier row made its company or is about the same person. */
export interface PlannedRow {
  row: number;
  name: string | undefined;
  edits: Edit[];
}

export interface Plan {
  rows: PlannedRow[];
  skipped: RowProblem[];
  /** Unreadable values in rows that are imported anyway. They stay in the text of the record. */
  unread: RowProblem[];
  counts: Counts;
}

/** The reason for skipping a row whose record exists. */
export const alreadyThere = 'Already exists.';

/**
 * Decides what each row becomes, without writing anything. It pauses now and then, so that a large file does not block
 * the page.
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
  const reading: Reading = {
    ...answersFor(table, columns, options.said),
    kind: options.kind,
    member: (name) => known.member(name),
    now: store.now(),
  };
  const built = await builtRows(table, (row) => buildRow(row, columns, reading), planner, plan);
  const planned = new Set<BuiltRow>();
  for (const [index, { row, record }] of built.entries()) {
    if (index % 500 === 499) await pause();
    const edits = planned.has(record) ? [] : planner.editsOf(record);
    planned.add(record);
    if (typeof edits === 'string') plan.skipped.push(noteOf(row, record, edits));
    else plan.rows.push({ row, name: nameOf(record), edits });
  }
  plan.skipped.sort((a, b) => a.row - b.row);
  plan.unread.sort((a, b) => a.row - b.row);
  return plan;
}

type Built = Exclude<BuiltRow, { kind: 'problem' }>;

/** The records of the rows that are not skipped. The plan lists skipped rows and unreadable values. */
async function builtRows(
  { rows }: SourceTable,
  build: (row: SourceRow) => BuiltRow,
  planner: Planner,
  plan: Plan,
): Promise<{ row: number; record: Built }[]> {
  const seen = new Map<string, number>();
  const twins = new Twins();
  const built: { row: number; record: Built }[] = [];
  for (const [index, source] of rows.entries()) {
    if (index % 500 === 499) await pause();
    const row = source.number;
    const text = source.cells.join('\u001f');
    const twin = seen.get(text);
    seen.set(text, twin ?? row);
    const record = build(source);
    if (twin !== undefined) plan.skipped.push({ row, reason: `Same as row ${twin}.` });
    else if (record.kind === 'problem') plan.skipped.push({ row, reason: record.reason });
    else if (planner.isToSkip(record)) plan.skipped.push(noteOf(row, record, alreadyThere));
    else {
      plan.unread.push(...(record.unread ?? []).map((reason) => noteOf(row, record, reason)));
      built.push({ row, record: planner.isNew(record) ? twins.joined(row, record) : record });
      if (record.kind === 'company') planner.describeCompany(record.values);
    }
  }
  plan.unread.push(...twins.hints);
  return built;
}

function noteOf(row: number, record: BuiltRow, reason: string): RowProblem {
  const name = nameOf(record);
  return { row, ...(name === undefined ? {} : { name }), reason };
}

function nameOf(record: BuiltRow): string | undefined {
  if (record.kind === 'problem') return undefined;
  if (record.kind !== 'contact') return record.values.name;
  return contactName({ first_name: null, last_name: null, ...record.values });
}

const pause = () => new Promise((resolve) => setTimeout(resolve));
