import { contactName, type Contact } from '$lib/entities/contact';
import type { Labelled } from '$lib/entities/fields';
import { maxLength } from '$lib/entities/max-length';
import { sameName } from '$lib/ui/identity';
import type { BuiltRow } from './built-row';
import type { RowProblem } from './file-problem';

type Built = Exclude<BuiltRow, { kind: 'problem' }>;
type Person = Extract<BuiltRow, { kind: 'contact' }>;

const nameOf = ({ values: { first_name = null, last_name = null } }: Person) =>
  contactName({ first_name, last_name });
const keyOf = (email: string) => email.toLowerCase();

/** Rows of one file about the same person: the same email address and the same name. */
export class Twins {
  readonly #byEmail = new Map<string, { row: number; record: Person }>();
  /** Rows with the same address and different names. They stay two people. */
  readonly hints: RowProblem[] = [];

  /** The record of a new row: that of an earlier row, with the values of both, or its own. */
  joined(row: number, record: Built): Built {
    if (record.kind !== 'contact') return record;
    const emails = (record.values.emails ?? []).map(({ value }) => keyOf(value));
    const twin = emails.map((email) => this.#byEmail.get(email)).find(Boolean);
    if (twin && sameName(nameOf(twin.record), nameOf(record)) && merge(twin.record, record)) {
      for (const email of emails) this.#byEmail.set(email, twin);
      return twin.record;
    }
    if (twin)
      this.hints.push({
        row,
        name: nameOf(record),
        reason: `It has the same email address as row ${twin.row}.`,
      });
    for (const email of emails) if (!this.#byEmail.has(email)) this.#byEmail.set(email, { row, record });
    return record;
  }
}

/** Adds the new values of another record to a record. @returns false if its text would become too long */
function merge(into: Person, from: Person): boolean {
  const differing: string[] = [];
  const values: Partial<Contact> = { ...into.values };
  for (const [field, value] of Object.entries(from.values)) {
    const own: unknown = Reflect.get(values, field);
    if (field === 'emails' || field === 'phones') values[field] = united(values[field], value as Labelled[]);
    else if (Array.isArray(value))
      Reflect.set(values, field, [...new Set([...((own as []) ?? []), ...value])]);
    else if (own === null || own === undefined) Reflect.set(values, field, value);
    else if (typeof value === 'string' && value !== own && field !== 'owner_id') differing.push(value);
  }
  if (from.company && into.company && from.company !== into.company) differing.push(from.company);
  const text = [values.background, ...differing].filter(Boolean).join('\n');
  if (text.length > maxLength('background')) return false;
  into.values = { ...values, background: text || null };
  into.company ??= from.company;
  return true;
}

function united(own: Labelled[] = [], added: Labelled[] = []): Labelled[] {
  const known = new Set(own.map(({ value }) => keyOf(value)));
  return [...own, ...added.filter(({ value }) => !known.has(keyOf(value)))];
}
