import { pageLife } from '$lib/lifecycle/page-life';
import { currentStore } from '$lib/store/current';
import { StoreError } from '$lib/store/errors';
import { recordEvent } from '$lib/store/events';
import { mutate } from '$lib/store/write';
import type { Store } from '$lib/store/store';
import { cutText } from '$lib/ui/cut-text';
import type { RowProblem } from './file-problem';
import { forgetRun, keepPosition, keepRun, keptRun } from './kept-run';
import type { KeptRun } from './read-kept-run';
import { knownRecords } from './known';
import { elsewhere, onlyImport } from './only-import';
import { planImport } from './plan';
import type { ImportOptions } from './import-options';
import { portionsOf } from './portions';
import type { SourceTable } from './source-table';
import type { Column } from './targets';
import { undoImport, type Undone } from './undo';
import { writeRows } from './write-rows';

export type RunState = 'running' | 'paused' | 'done' | 'cancelled' | 'failed' | 'undone';

/**
 * One import, from the plan to the last row. It continues while the person looks at other pages, and writes like any
 * edit, into the outbox, so it works offline. After a pause or a reload, it continues with the first row that is not
 * stored.
 */
export class ImportRun {
  #state = $state<RunState>('running');
  #handled = $state(0);
  #total = $state(0);
  #imported = $state(0);
  #skipped = $state.raw<RowProblem[]>([]);
  #failure = $state<string>();
  #undone = $state.raw<Undone>();
  #kept = $state.raw<KeptRun>();
  #cancel = false;
  /** Another tab continues the import, so this one must not write or delete any part of it. */
  #elsewhere = false;
  /** Rows after the known position may be stored already. */
  #resumed = false;
  #goOn: (() => void) | undefined;

  constructor(readonly fileName: string) {}

  /** An interrupted import, paused before its first row that is not stored. */
  static resumed(kept: KeptRun, written: number): ImportRun {
    const run = new ImportRun(kept.fileName);
    run.#begin(kept, written);
    run.#state = 'paused';
    run.#resumed = true;
    run.#goOn = () => void run.#goOnFrom(currentStore());
    return run;
  }

  get state(): RunState {
    return this.#state;
  }
  /** The number of handled rows, of `total`. */
  get handled(): number {
    return this.#handled;
  }
  get total(): number {
    return this.#total;
  }
  get imported(): number {
    return this.#imported;
  }
  /** The rows that were not imported, with the reasons. */
  get skipped(): RowProblem[] {
    return this.#skipped;
  }
  /** The rows that the list of skipped rows may name. */
  get table(): SourceTable | undefined {
    return this.#kept?.table;
  }
  /** The reason why it ended early. */
  /** The result of undoing it. */
  get undone(): Undone | undefined {
    return this.#undone;
  }
  get failure(): string | undefined {
    return this.#failure;
  }
  get kind(): ImportOptions['kind'] {
    return this.#kept?.kind ?? 'contacts';
  }

  /** Imports a table. It always ends in a state other than `running`. Rows that were written stay. */
  async start(table: SourceTable, columns: Column[], options: ImportOptions): Promise<void> {
    const store = currentStore();
    const ran = await onlyImport(store.userId, () => this.#start(store, table, columns, options));
    if (!ran) this.#leaveToOther();
  }

  async #start(store: Store, table: SourceTable, columns: Column[], options: ImportOptions): Promise<void> {
    const batchId = store.newId();
    this.#total = table.rows.length + table.problems.length;
    try {
      const known = await pageLife.untilDone(knownRecords);
      const { rows, skipped } = await planImport(store, table, columns, known, { ...options, batchId });
      const kept = { batchId, fileName: this.fileName, kind: options.kind, rows, skipped, table };
      this.#begin(kept, 0);
      if (rows.length > 0) {
        await pageLife.untilDone(() => keepRun(store, kept));
        const { fileName, kind } = kept;
        const values = { entity: kind, file_name: cutText(fileName, 300), row_count: rows.length };
        await mutate(store, [{ op: 'insert', entity: 'import_batches', id: batchId, values }]);
      }
    } catch (cause) {
      this.#fail(cause);
    }
    await this.#carryOut(store, 0);
  }

  /** Pauses after the rows that are being written, until `resume`. */
  pause(): void {
    if (this.#state === 'running') this.#state = 'paused';
  }

  resume(): void {
    if (this.#state !== 'paused') return;
    this.#state = 'running';
    this.#goOn?.();
    this.#goOn = undefined;
  }

  /** Stops after the rows that are being written. */
  cancel(): void {
    this.#cancel = true;
    this.resume();
  }

  /** Undoes this import. @throws StoreError if some of it could not be undone */
  async undo(): Promise<void> {
    this.#undone = await undoImport(this.#kept?.batchId ?? '');
    this.#state = 'undone';
  }

  #begin(kept: KeptRun, written: number): void {
    this.#kept = kept;
    this.#skipped = kept.skipped;
    this.#total = kept.rows.length + kept.skipped.length;
    this.#imported = written;
    this.#handled = kept.skipped.length + written;
  }

  /** Continues an interrupted import, unless another tab is doing it or has done it. */
  async #goOnFrom(store: Store): Promise<void> {
    const ran = await onlyImport(store.userId, async () => {
      const kept = await keptRun(store);
      if (kept?.run.batchId === this.#kept?.batchId && kept) {
        this.#begin(kept.run, kept.written);
        await this.#carryOut(store, kept.written);
      } else this.#end('This import continued in another tab.');
    });
    if (!ran) this.#leaveToOther();
  }

  async #carryOut(store: Store, written: number): Promise<void> {
    const kept = this.#kept;
    if (kept) {
      try {
        await this.#write(store, kept, written);
      } catch (cause) {
        this.#fail(cause);
      }
      if (this.#elsewhere) return;
      await pageLife.untilDone(() => forgetRun(store)).catch((cause) => this.#fail(cause));
    }
    if (kept && this.#imported > 0)
      await recordEvent(store, { action: 'import', entity_type: kept.kind }).catch((cause) =>
        this.#fail(cause),
      );
    if (this.#state === 'running' || this.#state === 'paused') this.#state = 'done';
  }

  async #write(store: Store, { batchId, rows }: KeptRun, from: number): Promise<void> {
    const waiting = portionsOf(rows.slice(from));
    let written = from;
    try {
      for (let next = waiting[0]; next && !this.#cancel && !this.#elsewhere; next = waiting[0]) {
        const refused = await writeRows(store, next, this.#resumed);
        waiting.shift();
        written += next.length;
        this.#imported += next.length - refused.length;
        this.#handled += next.length;
        this.#skipped = [...this.#skipped, ...refused];
        const position = { batchId, written };
        await pageLife.untilDone(() => keepPosition(store, position));
        await this.#turn();
      }
    } finally {
      // It lists each row that was not written, however the import ended.
      const reason = 'The import stopped before this row.';
      const rest = waiting.flat().map(({ row, name }) => ({ row, ...(name && { name }), reason }));
      if (rest.length > 0 && !this.#elsewhere) this.#state = 'cancelled';
      this.#skipped = [...this.#skipped, ...rest];
    }
  }

  /** Gives the page time to react, and waits while the import is paused. */
  async #turn(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    if (this.#state === 'paused' && !this.#cancel)
      await new Promise<void>((resolve) => (this.#goOn = resolve));
  }

  /** Nothing may happen twice, so only the tab with the lock continues. */
  #leaveToOther(): void {
    this.#elsewhere = true;
    this.#end(elsewhere);
  }

  #fail(cause: unknown): void {
    if (!(cause instanceof StoreError)) console.error(cause);
    this.#end(cause instanceof StoreError ? cause.message : 'The import could not continue.');
  }

  #end(failure: string): void {
    this.#failure = failure;
    this.#state = 'failed';
  }
}
