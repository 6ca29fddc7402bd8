import type { Company } from '$lib/entities/company';
import { isOpen, type Deal } from '$lib/entities/deal';
import type { Row } from '$lib/entities/registry';
import { StoreError } from '$lib/store/errors';
import type { Edit } from '$lib/entities/mutation';
import type { Store } from '$lib/store/store';
import { moved } from '$lib/shared/pipeline/move';
import { byPosition, positionAt } from '$lib/shared/pipeline/position';
import { identity } from '$lib/ui/identity';
import { contactNamed } from './build-row';
import type { BuiltRow } from './built-row';
import { identityOf, type Known } from './known';
import { NewCompanies } from './new-companies';
import type { Counts, ImportOptions } from './import-options';
import { updateValues } from './update-values';

type Record = Exclude<BuiltRow, { kind: 'problem' }>;
type Built<Kind extends Record['kind']> = Extract<Record, { kind: Kind }>;

/** The reason for skipping a row whose record exists and already has all its values. */
const nothingToChange = 'Already exists, nothing to change.';

/**
 * Makes the edits of the rows of one import. It finds companies by name, among the existing ones and those of the file,
 * and creates each once.
 */
export class Planner {
  readonly counts: Counts = { contacts: 0, companies: 0, deals: 0, updated: 0 };
  readonly #companies: NewCompanies;
  /** The contacts that deals created, by name and company. */
  readonly #people = new Map<string, string>();
  /** Records with the changes of earlier rows. */
  readonly #changed = new Map<string, Row>();
  /** The last deal of each stage. The next one is placed below it. */
  readonly #last = new Map<string, Pick<Deal, 'id' | 'position'>>();

  constructor(
    private readonly store: Store,
    private readonly known: Known,
    private readonly options: ImportOptions & { batchId: string },
  ) {
    this.#companies = new NewCompanies(store, options.batchId);
    for (const deal of known.deals) {
      const last = this.#last.get(deal.stage);
      if (deal.position && (!last || byPosition(last, deal) < 0)) this.#last.set(deal.stage, deal);
    }
  }

  /** Whether a row is skipped because its record exists. */
  isToSkip(record: Record): boolean {
    return this.options.duplicates === 'skip' && this.#existing(record) !== undefined;
  }

  /** Whether a row creates a record that this device does not have. */
  isNew(record: Record): boolean {
    return this.options.duplicates !== 'create' && this.#existing(record) === undefined;
  }

  /** A new company gets the values of one of its rows. */
  describeCompany(values: Built<'company'>['values']): void {
    if (!this.#knownCompany(values.name)) this.#companies.describe(values);
  }

  /** The edits of a row, or the reason in words why there are none. */
  editsOf(record: Record): Edit[] | string {
    const existing = this.options.duplicates === 'update' ? this.#existing(record) : undefined;
    if (existing) return this.#update(record, existing);
    if (record.kind === 'company') return this.#companyEdits(record.values.name);
    const edits = this.#insert(record);
    this.counts[record.kind === 'deal' ? 'deals' : 'contacts']++;
    return edits;
  }

  #existing(record: Record): Row | undefined {
    const found = this.#known(record);
    return found && (this.#changed.get(found.id) ?? found);
  }

  #known(record: Record): Row | undefined {
    if (record.kind === 'company') return this.known.company(record.values.name);
    if (record.kind === 'deal') return this.known.deal(record.values.name, record.company);
    const person = { first_name: null, last_name: null, emails: [], ...record.values };
    return this.known.contact(identityOf(person, record.company));
  }

  #insert(record: Exclude<Record, { kind: 'company' }>): Edit[] {
    const company = this.#company(record.company);
    const id = this.store.newId();
    const owned = {
      owner_id: this.store.userId,
      ...record.values,
      company_id: company.id,
      import_batch_id: this.options.batchId,
    };
    if (record.kind === 'contact')
      return [...company.edits, { op: 'insert', entity: 'contacts', id, values: owned }];
    const principal = this.#company(record.principal);
    const person = this.#person(record, company.id);
    const values = {
      ...owned,
      principal_id: principal.id,
      contact_ids: person.ids,
      ...this.#place(id, record.values),
    };
    const edits = [...company.edits, ...principal.edits, ...person.edits];
    return [...edits, { op: 'insert', entity: 'deals', id, values }];
  }

  /** The stage and place of a new deal. It is last in its stage, so that a file keeps its order. */
  #place(id: string, values: Partial<Deal>): Partial<Deal> {
    const stage = values.stage ?? 'new_lead';
    const last = this.#last.get(stage);
    const position = positionAt(last ? [last] : [], last ? 1 : 0);
    this.#last.set(stage, { id, position });
    // If the file has no closing time, none is made up.
    const closed_at = isOpen(stage) ? null : (values.closed_at ?? null);
    return { stage, position, closed_at, currency: values.currency ?? 'USD' };
  }

  /** Changes an existing record. A later row for the same record sees the change. */
  #update(record: Record, existing: Row): Edit[] | string {
    // Another spelling of the same name does not rename a record.
    const values: object = { ...record.values, name: null };
    let changed;
    try {
      changed = updateValues(existing, { ...values });
    } catch (cause) {
      if (cause instanceof StoreError) return cause.message;
      throw cause;
    }
    const company = this.#company('company' in record ? record.company : null);
    const principal = this.#company('principal' in record ? record.principal : null);
    const person = record.kind === 'deal' ? this.#person(record, company.id) : { ids: [], edits: [] };
    const contact_ids = person.ids.length > 0 ? person.ids : null;
    const references = { company_id: company.id, principal_id: principal.id, contact_ids };
    Object.assign(changed, updateValues(existing, references));
    if (record.kind === 'deal' && changed.stage) {
      const { stage = 'new_lead', position, closed_at } = this.#place(existing.id, record.values);
      const move = moved(existing as Deal, stage, position ?? '', this.store.now());
      const was = isOpen(stage) ? null : (existing as Deal).closed_at;
      changed = { ...move, closed_at: closed_at ?? was, ...changed };
    }
    if (Object.keys(changed).length === 0) return nothingToChange;
    this.#changed.set(existing.id, { ...existing, ...changed });
    this.counts.updated++;
    const entity = { contact: 'contacts', company: 'companies', deal: 'deals' }[record.kind];
    const edit = { op: 'update', entity, id: existing.id, values: changed, seen: existing } as Edit;
    return [...company.edits, ...principal.edits, ...person.edits, edit];
  }

  #knownCompany(name: string): Company | undefined {
    const company = this.known.company(name);
    return this.options.duplicates === 'create' && this.options.kind === 'companies' ? undefined : company;
  }

  /** The company that a row names, with the edit that creates it if this is the first row that names it. */
  #company(name: string | null): { id: string | null; edits: Edit[] } {
    if (!name) return { id: null, edits: [] };
    const there = this.#knownCompany(name);
    return there
      ? { id: there.id, edits: [] }
      : { id: this.#companies.id(name), edits: this.#companyEdits(name) };
  }

  /** The contact of a deal: an existing one of the same company, or a new one. */
  #person(
    { person: name, company, values: { owner_id } }: Built<'deal'>,
    company_id: string | null,
  ): { ids: string[]; edits: Edit[] } {
    const built = name && contactNamed(name);
    if (!built) return { ids: [], edits: [] };
    const full = { first_name: null, last_name: null, emails: [], ...built };
    const person = identityOf(full, company);
    const key = JSON.stringify([identity(person.name), company_id]);
    const there = this.known.contact(person)?.id ?? this.#people.get(key);
    if (there) return { ids: [there], edits: [] };
    const id = this.store.newId();
    this.#people.set(key, id);
    this.counts.contacts++;
    const import_batch_id = this.options.batchId;
    const values = { ...built, company_id, owner_id: owner_id ?? this.store.userId, import_batch_id };
    return { ids: [id], edits: [{ op: 'insert', entity: 'contacts', id, values }] };
  }

  #companyEdits(name: string): Edit[] {
    if (this.#knownCompany(name)) return [];
    const edits = this.#companies.insert(name);
    this.counts.companies += edits.length;
    return edits;
  }
}
