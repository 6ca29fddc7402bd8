import { currentStore } from '$lib/store/current';
import { StoreError } from '$lib/store/errors';
import { recordEvent } from '$lib/store/events';
import { mutate, type Edit } from '$lib/store/mutate';
import type { Store } from '$lib/store/store';
import type { RowProblem } from './file-problem';
import { knownRecords } from './known';
import { planImport, type Plan, type PlannedRow } from './plan';
import type { SourceTable } from './read-csv';
import type { Column } from './targets';
import { undoImport } from './undo';

export type RunState = 'running' | 'done' | 'cancelled' | 'failed' | 'undone';

const editsAtOnce = 100;

/**
 * One import, from the plan to the last row. It goes on while the person looks at other pages, and writes
 * like any edit: into the outbox, so that it works offline.
 */
export class ImportRun {
  #state = $state<RunState>('running');
  #handled = $state(0);
  #total = $state(0);
  #imported = $state(0);
  #skipped = $state.raw<RowProblem[]>([]);
  #failure = $state<string>();
  #batchId = '';
  #cancel = false;

  constructor(readonly fileName: string) {}

  get state(): RunState {
    return this.#state;
  }
  /** Rows dealt with, of `total`. */
  get handled(): number {
    return this.#handled;
  }
  get total(): number {
    return this.#total;
  }
  get imported(): number {
    return this.#imported;
  }
  /** Rows that were not imported, and why. */
  get skipped(): RowProblem[] {
    return this.#skipped;
  }
  /** Why it ended before its end. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Imports a table. Ends in a state other than `running`, whatever happens; what was written by then stays. */
  async start(table: SourceTable, columns: Column[], skipKnown: boolean): Promise<void> {
    const store = currentStore();
    this.#batchId = store.newId();
    this.#total = table.rows.length + table.problems.length;
    try {
      const plan = await planImport(store, table, columns, await knownRecords(), {
        batchId: this.#batchId,
        skipKnown,
      });
      this.#skipped = plan.skipped;
      this.#handled = plan.skipped.length;
      await this.#write(store, plan);
    } catch (cause) {
      this.#fail(cause);
    }
    if (this.#imported > 0)
      await recordEvent(store, { action: 'import', entity_type: 'contacts' }).catch((cause) =>
        this.#fail(cause),
      );
    if (this.#state === 'running') this.#state = 'done';
  }

  /** Stops after the rows that are being written. */
  cancel(): void {
    this.#cancel = true;
  }

  /** Deletes again what this import made. @throws StoreError where some of it could not be deleted */
  async undo(): Promise<void> {
    await undoImport(this.#batchId);
    this.#state = 'undone';
  }

  async #write(store: Store, plan: Plan): Promise<void> {
    const batch: Edit = {
      op: 'insert',
      entity: 'import_batches',
      id: this.#batchId,
      values: { entity: 'contacts', file_name: this.fileName.slice(0, 300), row_count: plan.rows.length },
    };
    if (plan.rows.length === 0) return;
    const waiting = portions(plan.rows);
    try {
      await mutate(store, [batch]);
      for (let rows = waiting[0]; rows && !this.#cancel; rows = waiting[0]) {
        await this.#writeRows(store, rows);
        waiting.shift();
        await new Promise((resolve) => setTimeout(resolve));
      }
    } finally {
      // What was not written is said row by row, however the import ended.
      const rest = waiting
        .flat()
        .map(({ row, name }) => ({ row, name, reason: 'The import ended before this row.' }));
      if (rest.length > 0) this.#state = 'cancelled';
      this.#skipped = [...this.#skipped, ...rest];
    }
  }

  /** Writes rows in one transaction; where one of them cannot be stored, each by itself. */
  async #writeRows(store: Store, rows: PlannedRow[]): Promise<void> {
    try {
      await mutate(
        store,
        rows.flatMap(({ edits }) => edits),
      );
      this.#imported += rows.length;
      this.#handled += rows.length;
    } catch (cause) {
      const [only, ...others] = rows;
      if (!(cause instanceof StoreError) || cause.code !== 'too_long' || !only) throw cause;
      if (others.length === 0) {
        this.#skipped = [...this.#skipped, { row: only.row, name: only.name, reason: cause.message }];
        this.#handled++;
      } else for (const row of rows) await this.#writeRows(store, [row]);
    }
  }

  #fail(cause: unknown): void {
    if (!(cause instanceof StoreError)) console.error(cause);
    this.#failure = cause instanceof StoreError ? cause.message : 'The import could not go on.';
    this.#state = 'failed';
  }
}

/** Rows in runs of about a hundred edits. */
function portions(rows: PlannedRow[]): PlannedRow[][] {
  const all: PlannedRow[][] = [];
  let edits = editsAtOnce;
  for (const row of rows) {
    if (edits + row.edits.length > editsAtOnce) {
      all.push([]);
      edits = 0;
    }
    all.at(-1)?.push(row);
    edits += row.edits.length;
  }
  return all;
}
