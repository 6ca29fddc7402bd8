import type { Said } from './answers';
import type { DuplicateChoice, FileKind } from './file-kind';

/** The number of records to add, and of rows that change an existing record. */
export type Counts = Record<FileKind | 'updated', number>;

export interface ImportOptions {
  kind: FileKind;
  /** The choice for a row whose record exists. */
  duplicates: DuplicateChoice;
  /** The answers of the person about the whole file. */
  said?: Said;
}
