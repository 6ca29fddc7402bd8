import type { Company } from '$lib/entities/company';
import type { Contact } from '$lib/entities/contact';
import type { Deal } from '$lib/entities/deal';
import type { Answers } from './answers';
import type { FileKind } from './file-kind';

/** The record that a row becomes, and the values in it that could not be read. */
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
      /** The name of the contact on the deal. */
      person?: string | null;
    }
  | { kind: 'problem'; reason: string };

/** The way to read a row. */
export interface Reading extends Answers {
  kind: FileKind;
  /** The id of the member whom a cell names, if there is exactly one who can own records. */
  member(name: string): string | undefined;
  /** The current time. Nothing can have been closed after it. */
  now?: Date;
}
