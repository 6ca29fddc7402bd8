import { failure, type Reply } from '$lib/remote/reply';
import { asRequest, parseLogPage, type LogFilter, type LogPage } from './entry';

/** The number of entries on a page. */
const pageSize = 100;

/** One page of the log, newest first. Never throws. */
export async function fetchLogPage(
  filter: LogFilter,
  before: string | null,
  limit = pageSize,
): Promise<Reply<LogPage>> {
  try {
    const { callRpc } = await import('$lib/remote/rpc');
    const reply = await callRpc('activity_log', { ...asRequest(filter), before, limit });
    return reply.ok ? { ok: true, body: parseLogPage(reply.body) } : reply;
  } catch {
    // The answer was not from our server, or code could not be loaded.
    return failure('unreachable');
  }
}
