import { currentStore } from '$lib/store/current';
import { kindOf, type DuplicateChoice, type FileKind } from './file-kind';
import { keptRun } from './kept-run';
import { elsewhere, isImporting } from './only-import';
import { ImportRun } from './run.svelte';
import { FileProblem } from './file-problem';
import { guessColumns } from './guess';
import { readCsv, type SourceTable } from './read-csv';
import type { Column } from './targets';

/** A file that was chosen and read, and what its columns become. */
interface ChosenFile {
  name: string;
  table: SourceTable;
}

/** The import page's work. It outlives the page, so that a running import can be come back to. */
class Import {
  #file = $state.raw<ChosenFile>();
  #columns = $state.raw<Column[]>([]);
  #run = $state.raw<ImportRun>();
  #problem = $state<string>();
  #reading = $state(false);
  #kind = $state<FileKind>('contacts');
  duplicates = $state<DuplicateChoice>('skip');

  get file(): ChosenFile | undefined {
    return this.#file;
  }
  get columns(): Column[] {
    return this.#columns;
  }
  /** What the rows of the file are. */
  get kind(): FileKind {
    return this.#kind;
  }
  set kind(kind: FileKind) {
    this.#kind = kind;
    this.#columns = guessColumns(this.#file?.table.headers ?? [], kind);
  }
  get run(): ImportRun | undefined {
    return this.#run;
  }
  /** Why the chosen file cannot be imported. */
  get problem(): string | undefined {
    return this.#problem;
  }
  get reading(): boolean {
    return this.#reading;
  }

  /** Reads a file and guesses what its columns are. */
  async choose(file: File): Promise<void> {
    this.startOver();
    this.#reading = true;
    try {
      const table = await readCsv(file);
      this.#file = { name: file.name, table };
      this.kind = kindOf(table.headers);
    } catch (cause) {
      if (!(cause instanceof FileProblem)) console.error(cause);
      this.#problem =
        cause instanceof FileProblem ? cause.message : 'This file could not be read. Nothing was imported.';
    } finally {
      this.#reading = false;
    }
  }

  setTarget(index: number, target: Column['target']): void {
    this.#columns = this.#columns.map((column) => (column.index === index ? { ...column, target } : column));
  }

  /** Starts the import of the chosen file. */
  start(): void {
    if (!this.#file || this.#run) return;
    this.#run = new ImportRun(this.#file.name);
    const { kind, duplicates } = this;
    void this.#run.start(this.#file.table, this.#columns, { kind, duplicates });
  }

  /** Shows the import that a reload cut off, paused; while one is under way, that one. */
  async restore(): Promise<void> {
    if (this.#file || this.#run) return;
    const store = currentStore();
    if (await isImporting(store.userId)) {
      this.#problem ??= elsewhere;
      return;
    }
    const kept = await keptRun(store);
    if (kept && !this.#file && !this.#run) this.#run = ImportRun.resumed(kept.run, kept.written);
  }

  startOver(): void {
    this.#file = undefined;
    this.#columns = [];
    this.#run = undefined;
    this.#problem = undefined;
  }
}

export const contactImport = new Import();
