import type { Company } from '$lib/entities/company';
import type { Contact } from '$lib/entities/contact';
import type { Deal } from '$lib/entities/deal';
import type { Answers } from './answers';
import type { FileKind } from './file-kind';

/** A row as the record it becomes, with what could not be read in it. */
export type BuiltRow = RecordOfRow & { unread?: string[] };

/** A row that names a company and no person is a company. */
type RecordOfRow =
  | { kind: 'contact'; values: Partial<Contact>; company: string | null }
  | { kind: 'company'; values: Partial<Company> & { name: string } }
  | {
      kind: 'deal';
      values: Partial<Deal> & { name: string };
      company: string | null;
      principal: string | null;
      /** The name of the person whom the deal is with. */
      person?: string | null;
    }
  | { kind: 'problem'; reason: string };

/** How a row is read. */
export interface Reading extends Answers {
  kind: FileKind;
  /** The id of the member whom a cell names, if there is exactly one who can own records. */
  member(name: string): string | undefined;
  /** The present, after which nothing can have been closed. */
  now?: Date;
}
