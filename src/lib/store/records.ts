import type { EntityName, Row } from '$lib/entities/registry';

export type Operation = 'insert' | 'update' | 'delete' | 'restore' | 'merge';

/** What the server said of a mutation. */
type MutationStatus = 'applied' | 'merged' | 'conflict' | 'rejected' | 'blocked';

interface MutationResult {
  status: MutationStatus;
  version?: number | undefined;
  error?: { code: string; message: string; field?: string | undefined } | undefined;
}

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

/**
 * `pending`: not yet answered. `acknowledged`: answered, still shown until a complete pull begun after
 * the answer. `settled`: the pull has it; kept 14 days in case the server is restored from a backup.
 * `reoffered`: settled, but the server was restored from a backup and gets it once more.
 * `refused`: the server cannot read it; it waits for its author.
 */
type OutboxState = 'pending' | 'acknowledged' | 'settled' | 'reoffered' | 'refused';

export interface OutboxEntry extends Mutation {
  /** Order of the device, made by IndexedDB, never used twice. */
  seq: number;
  state: OutboxState;
  /** What a merge changes on this device beside its own record. */
  touched?: [EntityName, string][];
  answered_at?: string;
  result?: MutationResult;
}

export interface ActivityEvent {
  event_id: string;
  action: EventAction;
  entity_type: string;
  entity_id: string | null;
  occurred_at: string;
  /** As of a mutation. */
  known_at?: string | undefined;
}

/** Actions the device reports itself; writes are logged by the server. */
export type EventAction =
  'view' | 'list' | 'search' | 'export' | 'import' | 'print' | 'sign_in' | 'sign_out' | 'discard';

export interface StoredEvent extends ActivityEvent {
  seq: number;
}

/** The server's copy of a row that has unsettled mutations; null where the server has none. */
export interface BaseRow {
  entity: EntityName;
  id: string;
  row: Row | null;
  /** The outbox entries of merges that changed this row though it is not theirs. */
  merges?: number[];
}

export interface Meta {
  key: string;
  value: unknown;
}
