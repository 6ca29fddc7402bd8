import * as z from 'zod/mini';

const entry = z.object({
  id: z.string(),
  /** When the server recorded it. */
  timestamp: z.string(),
  /** When the person acted. */
  occurred_at: z.string(),
  user_id: z.nullable(z.string()),
  action: z.string(),
  entity_type: z.string(),
  entity_id: z.nullable(z.string()),
  ip_address: z.nullable(z.string()),
  changes: z.nullable(z.record(z.string(), z.object({ old: z.unknown(), new: z.unknown() }))),
});
export type LogEntry = z.infer<typeof entry>;

const page = z.object({ entries: z.array(entry), before: z.nullable(z.string()) });
/** Entries, newest first; `before` asks for the next page and is null on the last. */
export type LogPage = z.infer<typeof page>;

/** Parses the answer of `api.activity_log`. @throws where it is not one */
export const parseLogPage = (body: unknown): LogPage => page.parse(body);

/** What of the log is wanted; '' means all. */
export interface LogFilter {
  user_id: string;
  action: string;
  entity_type: string;
}
export const everything: LogFilter = { user_id: '', action: '', entity_type: '' };

/** Whether an entry passes a filter. */
export const passes = (entry: Pick<LogEntry, keyof LogFilter>, filter: LogFilter): boolean =>
  (!filter.user_id || entry.user_id === filter.user_id) &&
  (!filter.action || entry.action === filter.action) &&
  (!filter.entity_type || entry.entity_type === filter.entity_type);

const lateBy = 2 * 60_000;

/** Whether the person acted well before the server heard of it: the device was offline. */
export const recordedLater = ({
  timestamp,
  occurred_at,
}: Pick<LogEntry, 'timestamp' | 'occurred_at'>): boolean =>
  Date.parse(timestamp) - Date.parse(occurred_at) > lateBy;
