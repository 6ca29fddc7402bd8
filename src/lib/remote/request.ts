/** A mutation as `api.sync_push` takes it. */
export interface Mutation {
  mutation_id: string;
  seq: number;
  group_id?: string | undefined;
  entity: string;
  id: string;
  op: 'insert' | 'update' | 'delete' | 'restore' | 'merge';
  base_version: number;
  base: Record<string, unknown>;
  patch: Record<string, unknown>;
  occurred_at: string;
  /** The newest time of the server that the device knew when the mutation was made. */
  known_at?: string | undefined;
  /** The fields of the patch that put back a time which this device's clock, and not the server, has told. */
  own_times?: string[] | undefined;
}

/** An event as `api.sync_push` takes it. */
export interface ActivityEvent {
  event_id: string;
  seq: number;
  action: string;
  entity_type: string;
  entity_id: string | null;
  occurred_at: string;
  /** The newest time of the server that the device knew when it happened. */
  known_at?: string | undefined;
}
