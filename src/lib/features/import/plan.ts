import type { Company } from '$lib/entities/company';
import { contactName, type Contact } from '$lib/entities/contact';
import { maxLength } from '$lib/entities/limits';
import type { Edit } from '$lib/store/mutate';
import type { Store } from '$lib/store/store';
import { fold } from '$lib/ui/fold';
import { buildRow, type BuiltRow } from './build-row';
import type { RowProblem } from './file-problem';
import { identityOf, type Known } from './known';
import type { SourceTable } from './read-csv';
import type { Column } from './targets';

/** What a row will write. A company row adds nothing where an earlier row has made its company already. */
export interface PlannedRow {
  row: number;
  name: string | undefined;
  edits: Edit[];
}

export interface Plan {
  rows: PlannedRow[];
  skipped: RowProblem[];
  newContacts: number;
  newCompanies: number;
}

interface Options {
  /** The import that the new records will carry. */
  batchId: string;
  /** Leaves out the people who are there already. */
  skipKnown: boolean;
}

type NewCompany = { id: string; values: Partial<Company>; planned: boolean };

/** The reason of a row whose person or company this device has. */
export const alreadyThere = 'Already there.';

/**
 * Decides for each row what it becomes, without writing anything. Companies are found by their names among
 * those there already and those of the file, and made once. Pauses now and then, so that a large file does
 * not hold up the page.
 */
export async function planImport(
  store: Store,
  table: SourceTable,
  columns: Column[],
  known: Known,
  { batchId, skipKnown }: Options,
): Promise<Plan> {
  const plan: Plan = { rows: [], skipped: [...table.problems], newContacts: 0, newCompanies: 0 };
  const companies = new Map<string, NewCompany>();
  const owned = { owner_id: store.userId, import_batch_id: batchId };
  const seen = new Map<string, number>();
  const built: { row: number; record: BuiltRow }[] = [];

  for (const [index, row] of table.rows.entries()) {
    if (index % 500 === 499) await pause();
    const text = row.cells.join('\u001f');
    const twin = seen.get(text);
    if (twin !== undefined) {
      plan.skipped.push({ row: row.number, reason: `The same as row ${twin}.` });
      continue;
    }
    seen.set(text, row.number);
    const record = buildRow(row, columns);
    const reason = reasonToSkip(record);
    if (reason) plan.skipped.push({ row: row.number, name: nameOf(record), reason });
    else built.push({ row: row.number, record });
    if (!reason && record.kind === 'company') describeCompany(record.values);
  }
  for (const [index, { row, record }] of built.entries()) {
    if (index % 500 === 499) await pause();
    plan.rows.push({ row, name: nameOf(record), edits: editsOf(record) });
  }
  plan.skipped.sort((a, b) => a.row - b.row);
  return plan;

  function reasonToSkip(record: BuiltRow): string | undefined {
    if (record.kind === 'problem') return record.reason;
    if (!skipKnown) return undefined;
    if (record.kind === 'company') return known.company(record.values.name) ? alreadyThere : undefined;
    const identity = identityOf(
      { first_name: null, last_name: null, emails: [], ...record.values },
      record.company,
    );
    return known.contact(identity) ? alreadyThere : undefined;
  }
  /** Several rows may describe one new company: what the first left open the others fill, the rest is added to its text. */
  function describeCompany(values: Partial<Company> & { name: string }) {
    const company = companyNamed(values.name);
    if (!company) return;
    const { description } = company.values;
    const rest: string[] = [];
    for (const [field, value] of Object.entries(values)) {
      const own: unknown = Reflect.get(company.values, field);
      const empty = own === undefined || own === null || (Array.isArray(own) && own.length === 0);
      if (empty) Reflect.set(company.values, field, value);
      else if (typeof value === 'string' && value !== own && field !== 'name') rest.push(value);
    }
    const text = [description, ...rest].filter(Boolean).join('\n');
    if (rest.length > 0 && text.length <= maxLength('description')) company.values.description = text;
  }
  /** The company that will be made under a name; undefined where it is there already. */
  function companyNamed(name: string): NewCompany | undefined {
    if (known.company(name)) return undefined;
    const key = fold(name.trim());
    let company = companies.get(key);
    if (!company) {
      company = { id: store.newId(), values: { name: name.trim() }, planned: false };
      companies.set(key, company);
    }
    return company;
  }
  function insertOf(company: NewCompany | undefined): Edit[] {
    if (!company || company.planned) return [];
    company.planned = true;
    plan.newCompanies++;
    return [{ op: 'insert', entity: 'companies', id: company.id, values: { ...company.values, ...owned } }];
  }
  function editsOf(record: BuiltRow): Edit[] {
    if (record.kind === 'problem') return [];
    if (record.kind === 'company') return insertOf(companyNamed(record.values.name));
    const company = record.company ? companyNamed(record.company) : undefined;
    const company_id = company?.id ?? (record.company && known.company(record.company)) ?? null;
    plan.newContacts++;
    const values: Partial<Contact> = { ...record.values, company_id, ...owned };
    return [...insertOf(company), { op: 'insert', entity: 'contacts', id: store.newId(), values }];
  }
}

function nameOf(record: BuiltRow): string | undefined {
  if (record.kind === 'problem') return undefined;
  if (record.kind === 'company') return record.values.name;
  return contactName({ first_name: null, last_name: null, ...record.values });
}

const pause = () => new Promise((resolve) => setTimeout(resolve));
