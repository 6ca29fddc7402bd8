import * as z from 'zod/mini';
import { localDate } from '$lib/ui/format-date';

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

const page = z.object({
  entries: z.array(entry),
  before: z.nullable(z.string()),
});
/** Entries, newest first; `before` asks for the next page and is null on the last. */
export type LogPage = z.infer<typeof page>;

const keptPage = z.object({ entries: z.array(entry), fetched_at: z.string() });
/** A newest page of the log as it was last fetched (ISO), for reading offline. */
export type KeptPage = z.infer<typeof keptPage>;

/** Reads a page that this device kept; `undefined` if this release cannot read it, and it is fetched again. */
export const readKept = (kept: unknown): KeptPage | undefined => keptPage.safeParse(kept).data;

/** Parses the answer of `api.activity_log`. @throws if it is not one */
export const parseLogPage = (body: unknown): LogPage => page.parse(body);

/** The part of the log that a person wants to see. An empty string matches all. */
export interface LogFilter {
  user_id: string;
  action: string;
  entity_type: string;
  entity_id: string;
  /** The first and the last day of the acts, in this device's time: YYYY-MM-DD. */
  from: string;
  to: string;
  /** An address, or a network like 192.0.2.0/24. */
  ip: string;
}
export const everything: LogFilter = {
  user_id: '',
  action: '',
  entity_type: '',
  entity_id: '',
  from: '',
  to: '',
  ip: '',
};

type Known = Pick<LogEntry, 'user_id' | 'action' | 'entity_type' | 'entity_id' | 'occurred_at'> & {
  ip_address?: string | null;
};

/**
 * Whether an entry matches a filter. Only the server can match networks. An entry that has not been sent has no
 * address.
 */
export function passes(entry: Known, filter: LogFilter): boolean {
  const day = localDate(new Date(entry.occurred_at));
  return (
    (!filter.user_id || entry.user_id === filter.user_id) &&
    (!filter.action || entry.action === filter.action) &&
    (!filter.entity_type || entry.entity_type === filter.entity_type) &&
    (!filter.entity_id || entry.entity_id === filter.entity_id) &&
    (!filter.from || day >= filter.from) &&
    (!filter.to || day <= filter.to) &&
    (!filter.ip || entry.ip_address === filter.ip)
  );
}

/** The filter as `api.activity_log` takes it: days become the times at which they begin and end here. */
export function asRequest({ from, to, ...named }: LogFilter): Record<string, string> {
  const [since, until] = [startOf(from, 0), startOf(to, 1)];
  const request = { ...named, ip: named.ip.trim(), ...(since && { since }), ...(until && { until }) };
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value));
}

/** The start of the day that is `later` days after `day`; undefined if `day` is not a date. */
function startOf(day: string, later: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return undefined;
  return new Date(year, month - 1, date + later).toISOString();
}

const lateBy = 2 * 60_000;

/** Whether the server recorded the act much later, because the device was offline. */
export const recordedLater = ({
  timestamp,
  occurred_at,
}: Pick<LogEntry, 'timestamp' | 'occurred_at'>): boolean =>
  Date.parse(timestamp) - Date.parse(occurred_at) > lateBy;
