import type { ActivityEvent } from '$lib/entities/activity-event';
import type { Mutation } from '$lib/entities/mutation';
import type { EntityName, Row } from '$lib/entities/registry';

/** The server's answer to a mutation. */
type MutationStatus = 'applied' | 'merged' | 'conflict' | 'rejected' | 'blocked';

interface MutationResult {
  status: MutationStatus;
  version?: number | undefined;
  error?: { code: string; message: string; field?: string | undefined } | undefined;
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
  /** The other records that a merge changes on this device. */
  affected?: [EntityName, string][];
  answered_at?: string;
  result?: MutationResult;
}

export interface StoredEvent extends ActivityEvent {
  seq: number;
}

/** The server's copy of a row that has unsettled mutations, or null if the server has none. */
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
