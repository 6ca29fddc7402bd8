import { sanitize } from '$lib/store/sanitize';
import { addMember, type Database } from '../db/database';
import { nearValues } from '../db/odd-values';
import { mutation, push, type Mutation } from '../db/rpc';
import type { Ledger } from './ledger';
import type { Random } from './random';

type Row = Record<string, unknown>;

/** The fields it writes, with the types of their columns. */
const written = {
  contacts: { emails: 'jsonb', phones: 'jsonb', tags: 'text[]', first_name: 'text', linkedin_url: 'text' },
  companies: { name: 'text', website: 'text', priority: 'text', tags: 'text[]' },
  deals: { name: 'text', currency: 'text', tags: 'text[]' },
  tasks: { title: 'text', priority: 'text' },
  notes: { body: 'text', kind: 'text' },
} satisfies Record<string, Record<string, string>>;

const least: Record<keyof typeof written, Row> = {
  contacts: { last_name: 'Foreign' },
  companies: { name: 'Foreign' },
  deals: { name: 'Foreign' },
  tasks: { title: 'Foreign' },
  notes: { body: 'Foreign' },
};

/** A member's own program: it writes whatever the server accepts, into its own records and those of others. */
export class ForeignClient {
  private constructor(
    private readonly db: Database,
    private readonly random: Random,
    private readonly ledger: Ledger,
    private readonly userId: string,
  ) {}

  static async join(db: Database, random: Random, ledger: Ledger): Promise<ForeignClient> {
    return new ForeignClient(db, random, ledger, await addMember(db, 'rep', { id: random.uuid(99) }));
  }

  /** Creates or changes one record, or gets a refusal. */
  async write(): Promise<void> {
    const { random } = this;
    const entity = random.pick([...entities, 'contacts' as const]);
    const [field, type] = random.pick(Object.entries<string>(written[entity]));
    const value = random.pick(valuesFor(type));
    const row = random.chance(0.5) ? await this.#anyRow(entity) : undefined;
    const made = row
      ? mutation(entity, 'update', {
          id: String(row.id),
          base_version: Number(row.version),
          base: { [field]: row[field] },
          patch: { [field]: value },
        })
      : mutation(entity, 'insert', { patch: { ...least[entity], [field]: value } });
    const { status, body } = await push(this.db, this.userId, [made]);
    // A push that was refused as a whole has no receipt.
    if (status === 200 || (status === 403 && body.code === 'deactivated')) this.#note(made);
  }

  #note(made: Mutation): void {
    const { base = {}, patch = {}, base_version } = made;
    this.ledger.noteForeign({
      ...made,
      ...{ base, patch, base_version: base_version ?? 0, state: 'settled', userId: this.userId },
    } as Parameters<Ledger['noteForeign']>[0]);
  }

  async #anyRow(entity: string): Promise<Row | undefined> {
    const rows = await this.db.query<{ row: Row }>(
      `select to_jsonb(t) as row from public.${entity} t where deleted_at is null order by id limit 5`,
    );
    return rows.length > 0 ? this.random.pick(rows).row : undefined;
  }
}

const entities = Object.keys(written) as (keyof typeof written)[];

const valuesFor = (type: string): unknown[] => nearValues(type).map(sanitize).filter(isShort);

const isShort = (value: unknown) => JSON.stringify(value).length < 2_000;
