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

// Our export puts this quote before what a spreadsheet would run.
const quoted = /^'(?='*[=+\-@\t\r\n＝＋－＠])/;

/**
 * A cell without what keeps a spreadsheet from running it, or from reading it as a number: `="0441112235"`; and without
 * the quotation marks of a file that has spaces beside its separators.
 */
const bare = (text: string): string =>
  quoted.test(text)
    ? text.replace(quoted, '')
    : text.replace(/^\s*="([^"]*)"\s*$/, '$1').replace(/^(?=\s|.*\s$)\s*"([^"]*)"\s*$/, '$1');

/**
 * The cells of a row that hold something. What nothing takes comes out at the end as lines of text, so no
 * cell can be lost: neither an unknown column nor a value that fits nowhere.
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

  /** A cell that its column's field cannot hold is a line of text. */
  #placed(cell: Cell): Cell {
    const { column, value } = cell;
    const asLine = { column: { ...column, target: 'line' as const }, value };
    if (isDamaged(value)) {
      this.cannotRead(cell, 'was damaged by a spreadsheet');
      return asLine;
    }
    if (column.target !== 'name_prefix') return cell;
    if (isFormOfAddress(value)) return asLine;
    // A column that is called a title may hold both.
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

  /** Notes that a value cannot be read, for the list before the import. @param why continues the sentence that names it */
  cannotRead({ column, value }: Cell, why: string): void {
    this.#unread.push(`“${value.trim()}” in ${column.header} ${why}.`);
  }

  /** What could not be read, a sentence each. */
  unread(): string[] {
    return this.#unread;
  }

  /** Takes the values of some targets joined, as far as a field can hold them; null where there is none. */
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

  /** Everything not taken, each as `Header: value`. */
  lines(): string[] {
    return this.#cells
      .filter((cell) => !this.#taken.has(cell))
      .map(({ column, value }) => `${column.header}: ${value}`);
  }
}
