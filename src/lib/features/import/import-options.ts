import type { Said } from './answers';
import type { DuplicateChoice, FileKind } from './file-kind';

/** How many records will be added, and how many rows change one that is there. */
export type Counts = Record<FileKind | 'updated', number>;

export interface ImportOptions {
  kind: FileKind;
  /** What happens to a row whose record is there. */
  duplicates: DuplicateChoice;
  /** What the person has said about the file as a whole. */
  said?: Said;
}
