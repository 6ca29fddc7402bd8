import { currentStore } from '$lib/store/current';
import { questionsOf, type Questions, type Said } from './answers';
import type { DuplicateChoice, FileKind } from './file-kind';
import { kindOf } from './guess-kind';
import { keptRun } from './kept-run';
import { elsewhere, isImporting } from './only-import';
import { ImportRun } from './run.svelte';
import { FileProblem } from './file-problem';
import { guessColumns } from './guess';
import { readCsv } from './read-csv';
import type { SourceTable } from './source-table';
import type { Column } from './targets';

/** A chosen file that was read, and the targets of its columns. */
interface ChosenFile {
  name: string;
  source: Blob;
  table: SourceTable;
}

/** The state of the import page. It survives leaving the page, so that people can come back to a running import. */
class Import {
  #file = $state.raw<ChosenFile>();
  #columns = $state.raw<Column[]>([]);
  #run = $state.raw<ImportRun>();
  #problem = $state<string>();
  #reading = $state(false);
  #kind = $state<FileKind>('contacts');
  #said = $state.raw<Said>({});
  readonly #questions = $derived(this.#file ? questionsOf(this.#file.table, this.#columns) : {});
  duplicates = $state<DuplicateChoice>('skip');

  get file(): ChosenFile | undefined {
    return this.#file;
  }
  get columns(): Column[] {
    return this.#columns;
  }
  /** The kind of rows in the file. */
  get kind(): FileKind {
    return this.#kind;
  }
  set kind(kind: FileKind) {
    this.#kind = kind;
    this.#columns = guessColumns(this.#file?.table.headers ?? [], kind, this.#file?.table.rows);
  }
  /** The questions about the whole file. */
  get questions(): Questions {
    return this.#questions;
  }
  /** The answers so far, and those that the file itself makes likely. */
  get said(): Said {
    return { ...this.#said, order: this.#said.order ?? this.#questions.dates?.likely };
  }
  /** Whether a question has no answer yet. */
  get isOpen(): boolean {
    const { dates, amounts } = this.#questions;
    return Boolean((dates && !this.said.order) || (amounts && !this.said.decimals));
  }
  get run(): ImportRun | undefined {
    return this.#run;
  }
  /** The reason why the chosen file cannot be imported. */
  get problem(): string | undefined {
    return this.#problem;
  }
  get reading(): boolean {
    return this.#reading;
  }

  answer(said: Said): void {
    this.#said = { ...this.#said, ...said };
  }

  /** Reads a file and guesses the targets of its columns. */
  async choose(file: File): Promise<void> {
    this.startOver();
    await this.#read(file, file.name);
  }

  /** Reads the chosen file again, in the encoding that the person says it has. */
  async chooseEncoding(encoding: string): Promise<void> {
    if (this.#file) await this.#read(this.#file.source, this.#file.name, encoding);
  }

  async #read(source: Blob, name: string, encoding?: string): Promise<void> {
    this.#reading = true;
    this.#problem = undefined;
    try {
      const table = await readCsv(source, encoding);
      this.#file = { name, source, table };
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
    const { kind, duplicates, said } = this;
    void this.#run.start(this.#file.table, this.#columns, { kind, duplicates, said });
  }

  /** Shows the import that a reload interrupted, paused, or else the one that is running. */
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
    this.#said = {};
    this.#run = undefined;
    this.#problem = undefined;
  }
}

export const contactImport = new Import();
