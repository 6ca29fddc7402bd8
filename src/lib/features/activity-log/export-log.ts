import type { Member } from '$lib/entities/member';
import { localMoment } from '$lib/ui/local-moment';
import { exportCsv } from '$lib/shared/export/export-csv';
import type { LogEntry, LogFilter, LogPage } from '$lib/shared/history/entry';
import type { Reply } from '$lib/remote/reply';
import { subjectsOf } from './subjects';
import { actionWords } from '$lib/shared/history/words';

const pageSize = 500;

type Fetch = (filter: LogFilter, before: string | null, limit: number) => Promise<Reply<LogPage>>;

/**
 * Gives every entry that passes a filter to the person as a CSV file, and records the export.
 * @param nameOf a member's name
 * @returns a sentence for the person if the log could not be fetched completely; no file is made then
 * @throws StoreError if the export could not be recorded
 */
export async function exportLog(
  fetch: Fetch,
  filter: LogFilter,
  nameOf: (id: Member['id']) => string | undefined,
): Promise<string | undefined> {
  const entries: LogEntry[] = [];
  let before: string | null = null;
  do {
    const reply: Reply<LogPage> = await fetch(filter, before, pageSize);
    if (!reply.ok)
      return reply.kind === 'unreachable'
        ? `${reply.message} You need a connection to export.`
        : `${reply.message} Nothing was exported.`;
    entries.push(...reply.body.entries);
    before = reply.body.before;
  } while (before !== null);
  const subject = await subjectsOf(entries);
  await exportCsv('activity_logs', entries, [
    { header: 'Time', value: (entry) => localMoment(entry.occurred_at) },
    { header: 'Recorded', value: (entry) => localMoment(entry.timestamp) },
    {
      header: 'User',
      value: (entry) => (entry.user_id ? (nameOf(entry.user_id) ?? entry.user_id) : 'System'),
    },
    { header: 'Action', value: (entry) => actionWords[entry.action] ?? entry.action },
    { header: 'Record', value: (entry) => subject(entry).label },
    { header: 'Entity', value: (entry) => entry.entity_type },
    { header: 'Entity id', value: (entry) => entry.entity_id },
    { header: 'IP address', value: (entry) => entry.ip_address },
    { header: 'Changes', value: (entry) => entry.changes && JSON.stringify(inLocalTime(entry.changes)) },
  ]);
  return undefined;
}

/** The changes with their times in local time. */
function inLocalTime(changes: NonNullable<LogEntry['changes']>): NonNullable<LogEntry['changes']> {
  const local = (value: unknown) => (typeof value === 'string' ? localMoment(value) : value);
  return Object.fromEntries(
    Object.entries(changes).map(([field, change]) => [
      field,
      field.endsWith('_at') ? { old: local(change.old), new: local(change.new) } : change,
    ]),
  );
}
