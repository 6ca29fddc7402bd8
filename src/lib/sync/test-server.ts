import type { Row } from '$lib/entities/registry';
import { failure } from '$lib/remote/reply';
import type { Remote } from '$lib/remote/remote';
import type { PullReply } from '$lib/remote/wire';

/** The answer to a pull that brings nothing, but for `details`. */
export const page = (details: Partial<PullReply> = {}): PullReply => ({
  server_time: '2026-01-01T00:00:00Z',
  epoch: 'e',
  reset: false,
  changes: [],
  page: null,
  cursor: 'newest',
  done: true,
  ...details,
});

/** A server that answers each pull with the next of `pages` and says `applied` to everything. */
export function serverOf(
  pages: PullReply[],
  whilePulling: () => Promise<unknown> = async () => undefined,
): Remote {
  return {
    push: async ({ mutations }) => ({
      ok: true,
      body: {
        server_time: '2026-01-01T00:00:00Z',
        results: mutations.map(({ mutation_id }) => ({ mutation_id, status: 'applied' as const })),
        events_accepted: 0,
      },
    }),
    pull: async () => {
      const body = pages.shift();
      if (!body) throw new Error('one pull too many');
      await whilePulling();
      return { ok: true, body };
    },
    digest: async () => failure('unreachable'),
  };
}

/** A row as the server sends it, as far as the tests look at it. */
export const wire = (id: string, name: string) =>
  ({ id, name, version: 1, deleted_at: null, created_at: '', updated_at: '' }) as Row;
