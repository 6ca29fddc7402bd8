import { expect } from 'vitest';
import { addMember, createDatabase, type Database } from './database';
import { mutation, statuses, type Mutation } from './rpc';

type Fields = Record<string, unknown>;

/** An edit by someone who saw `base` in version 1. */
export const edit = (entity: string, id: string, base: Fields, patch: Fields): Mutation =>
  mutation(entity, 'update', { id, base, base_version: 1, patch });

/** Two reps with their own database. */
export class TwoPeople {
  private constructor(
    readonly db: Database,
    readonly ann: string,
    readonly bob: string,
  ) {}

  static async meet(): Promise<TwoPeople> {
    const db = await createDatabase();
    return new TwoPeople(db, await addMember(db, 'rep'), await addMember(db, 'rep'));
  }

  /** Ann creates a record; returns its id. */
  async insert(entity: string, patch: Fields): Promise<string> {
    const made = mutation(entity, 'insert', { patch });
    expect(await statuses(this.db, this.ann, [made])).toEqual(['applied']);
    return made.id;
  }

  /** The record on the server. */
  async row(entity: string, id: string): Promise<Fields> {
    const [found] = await this.db.query(`select to_jsonb(t) as row from ${entity} t where id = $1`, [id]);
    return found?.row as Fields;
  }

  /** The conflicts about a record. */
  kept(id: string) {
    return this.db.query(
      `select kind, field, base, mine, theirs, theirs_by, patch, author_id, mutation_id from conflicts
       where record_id = $1 order by created_at, field`,
      [id],
    );
  }
}
