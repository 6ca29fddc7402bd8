import type { EntityName, Row } from './registry';

type Values<E extends EntityName> = Partial<Row<E>>;

/** One save of one record. `seen` is the row as the person saw it when they began to edit. */
export type Edit<E extends EntityName = EntityName> = E extends EntityName
  ? | { op: 'insert'; entity: E; id: string; values: Values<E> }
    | { op: 'update'; entity: E; id: string; values: Values<E>; seen?: Row<E> | undefined }
    | { op: 'delete' | 'restore'; entity: E; id: string }
  : never;

export type Operation = 'insert' | 'update' | 'delete' | 'restore' | 'merge';

/** A change as it travels. Once queued, nothing in it ever changes. */
export interface Mutation {
  mutation_id: string;
  group_id?: string | undefined;
  entity: EntityName;
  id: string;
  op: Operation;
  /** The version of the row that the author saw; 0 for a row no server has named yet. */
  base_version: number;
  /** The values that the author saw in the fields of `patch`. A pull never rewrites them. */
  base: Record<string, unknown>;
  patch: Record<string, unknown>;
  /** The fields of the survivor as a merge shows them here until the server has decided; stays on the device. */
  shows?: Record<string, unknown> | undefined;
  /** By the device's clock, which may be wrong; the server corrects it by what the clock is off when it is sent. */
  occurred_at: string;
  /** The newest time of the server that the device knew: it was not done before, even if the clock is set meanwhile. */
  known_at?: string | undefined;
}

/** A mutation as `api.sync_push` takes it. */
export interface SentMutation extends Omit<Mutation, 'shows'> {
  /** Order of the device. */
  seq: number;
  /** The fields of the patch that put back a time which this device's clock, and not the server, has told. */
  own_times?: string[] | undefined;
}
