import { codePoints } from '$lib/entities/limits';
import { maxLength } from '$lib/entities/max-length';
import { isDamaged, isNothing } from './empty-cells';
import { isDegree, isFormOfAddress } from './forms-of-address';
import type { SourceRow } from './source-table';
import type { Column, Target } from './targets';

export interface Cell {
  column: Column;
  value: string;
}

// Our export puts this quote before text that a spreadsheet would run.
const quoted = /^'(?='*[=+\-@\t\r\n＝＋－＠])/;

/**
 * A cell without the signs that keep a spreadsheet from running it or from reading it as a number, like
 * `="0441112235"`, and without the quotation marks of a file that has spaces beside its separators.
 */
const bare = (text: string): string =>
  quoted.test(text)
    ? text.replace(quoted, '')
    : text.replace(/^\s*="([^"]*)"\s*$/, '$1').replace(/^(?=\s|.*\s$)\s*"([^"]*)"\s*$/, '$1');

/**
 * The cells of a row that are not empty. Cells that no field takes become lines of text at the end, so no cell can be
 * lost: neither an unknown column nor a value that does not fit.
 */
export class Cells {
  readonly #cells: Cell[];
  readonly #taken = new Set<Cell>();
  readonly #unread: string[] = [];

  readonly #hasTitle: boolean;

  constructor(row: SourceRow, columns: Column[]) {
    this.#hasTitle = columns.some(({ target }) => target === 'title');
    this.#cells = columns
      .filter(({ target }) => target !== 'ignore')
      .map((column) => ({ column, value: bare(row.cells[column.index] ?? '') }))
      .filter(({ column, value }) => !isNothing(value, column.target))
      .map((cell) => this.#placed(cell));
  }

  /** If a field cannot hold a cell, the cell becomes a line of text. */
  #placed(cell: Cell): Cell {
    const { column, value } = cell;
    const asLine = { column: { ...column, target: 'line' as const }, value };
    if (isDamaged(value)) {
      this.cannotRead(cell, 'was damaged by a spreadsheet');
      return asLine;
    }
    if (column.target !== 'name_prefix') return cell;
    if (isFormOfAddress(value)) return asLine;
    // A column called "title" may hold both.
    const isTitle = /^(title|titel|titre|t[ií]tulo)$/i.test(column.header.trim());
    const isJob = isTitle && !this.#hasTitle && !isDegree(value);
    return isJob ? { column: { ...column, target: 'title' }, value } : cell;
  }

  all(target: Target): Cell[] {
    return this.#cells.filter(({ column }) => column.target === target);
  }

  has(...targets: Target[]): boolean {
    return this.#cells.some(({ column }) => targets.includes(column.target));
  }

  take(...cells: Cell[]): void {
    for (const cell of cells) this.#taken.add(cell);
  }

  /**
   * Records that a value cannot be read, for the list before the import.
   * @param why continues the sentence that names the value
   */
  cannotRead({ column, value }: Cell, why: string): void {
    this.#unread.push(`“${value.trim()}” in ${column.header} ${why}.`);
  }

  /** The values that could not be read, one sentence each. */
  unread(): string[] {
    return this.#unread;
  }

  /** Takes the joined values of some targets, as far as a field can hold them; null if there are none. */
  text(targets: Target[], joint: string, field = targets[0] ?? ''): string | null {
    let joined = '';
    for (const cell of targets.flatMap((target) => this.all(target))) {
      const longer = joined ? joined + joint + cell.value.trim() : cell.value.trim();
      if (codePoints(longer) > maxLength(field)) continue;
      this.take(cell);
      joined = longer;
    }
    return joined || null;
  }

  /** All cells that were not taken, each as `Header: value`. */
  lines(): string[] {
    return this.#cells
      .filter((cell) => !this.#taken.has(cell))
      .map(({ column, value }) => `${column.header}: ${value}`);
  }
}
