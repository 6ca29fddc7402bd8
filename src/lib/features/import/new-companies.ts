import type { Company } from '$lib/entities/company';
import { maxLength } from '$lib/entities/max-length';
import type { Edit } from '$lib/entities/mutation';
import type { Store } from '$lib/store/store';
import { identity } from '$lib/ui/identity';

interface NewCompany {
  id: string;
  values: Partial<Company>;
  planned: boolean;
}

/** The companies that an import creates, one for each group of equal names. */
export class NewCompanies {
  readonly #byName = new Map<string, NewCompany>();

  constructor(
    private readonly store: Store,
    private readonly batchId: string,
  ) {}

  id(name: string): string {
    return this.#named(name).id;
  }

  /**
   * Several rows may describe one company. Later rows fill the fields that the first left empty, and their other values
   * go to its text.
   */
  describe(values: Partial<Company> & { name: string }): void {
    const company = this.#named(values.name);
    const { description } = company.values;
    const rest: string[] = [];
    for (const [field, value] of Object.entries(values)) {
      const own: unknown = Reflect.get(company.values, field);
      const empty = own === undefined || own === null || (Array.isArray(own) && own.length === 0);
      if (empty) Reflect.set(company.values, field, value);
      else if (typeof value === 'string' && value !== own && field !== 'name' && field !== 'owner_id')
        rest.push(value);
    }
    const text = [description, ...rest].filter(Boolean).join('\n');
    if (rest.length > 0 && text.length <= maxLength('description')) company.values.description = text;
  }

  /** The edit that creates a company, once. It is empty if an earlier row has it. */
  insert(name: string): Edit[] {
    const company = this.#named(name);
    if (company.planned) return [];
    company.planned = true;
    const values = { owner_id: this.store.userId, ...company.values, import_batch_id: this.batchId };
    return [{ op: 'insert', entity: 'companies', id: company.id, values }];
  }

  #named(name: string): NewCompany {
    const key = identity(name);
    let company = this.#byName.get(key);
    if (!company) {
      company = { id: this.store.newId(), values: { name: name.trim() }, planned: false };
      this.#byName.set(key, company);
    }
    return company;
  }
}
