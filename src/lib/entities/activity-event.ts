export interface ActivityEvent {
  event_id: string;
  action: EventAction;
  entity_type: string;
  entity_id: string | null;
  occurred_at: string;
  /** The newest time of the server that the device knew: it did not happen before, even if the clock is set meanwhile. */
  known_at?: string | undefined;
}

/** Actions the device reports itself; writes are logged by the server. */
export type EventAction =
  'view' | 'list' | 'search' | 'export' | 'import' | 'print' | 'sign_in' | 'sign_out' | 'discard';

/** An event as `api.sync_push` takes it. */
export interface SentEvent extends ActivityEvent {
  /** Order of the device. */
  seq: number;
}
