import type { Failure } from '$lib/remote/reply';
import type { PullRequest, Remote } from '$lib/remote/remote';
import { clientId } from '$lib/store/meta';
import type { Store } from '$lib/store/store';
import { lackingFields } from './stored-fields';
import { pullPlace, storeLastPage, storePage, Sweep } from './store-page';

const pageRows = 2000;
/** A first pull begins with a small page, so that the first rows are on the screen at once. */
const firstPageRows = 250;

/**
 * Brings every change since the last complete pull onto the device, the next page travelling while one is
 * stored. Cut off at any point, it begins again where it may.
 * @param progress called with the rows stored so far in this pull
 */
export async function pull(
  store: Store,
  remote: Remote,
  progress: (rows: number) => void = () => undefined,
): Promise<Failure | undefined> {
  const { db } = store;
  // What was answered before this pull began is certain to be in it, if it is one page.
  const answered = () => db.outbox.where('state').equals('acknowledged').primaryKeys();
  const [place, client_id, before] = await Promise.all([
    pullPlace(db),
    clientId(db, store.newId),
    answered(),
  ]);
  const { page } = place;
  let { cursor } = place;
  let acknowledged = before;
  // Pages after the first show its moment, possibly long ago, without the rows that somebody changed since: nothing
  // settles by them, and one more pull brings those rows.
  let several = page !== null;
  const ask = (cursor: string | null, page: string | null, again?: PullRequest['again']) =>
    remote.pull({
      client_id,
      cursor,
      page,
      limit: cursor || page ? pageRows : firstPageRows,
      ...(again && { again }),
    } satisfies PullRequest);
  let next = ask(cursor, page, cursor && !page ? await lackingFields(db) : undefined);
  // Everything is asked for again on a device that holds some of it already: what does not come is gone. It had
  // everything before, or its first pull was cut off by a server that came back from a backup. Everybody's first page
  // brings members.
  const again = !cursor && !page && (await db.rows('members').count()) > 0;
  let sweep = again ? new Sweep() : undefined;
  let restored = false;
  let rows = 0;
  for (;;) {
    const reply = await next;
    if (!reply.ok) {
      // A page that the server no longer takes (another epoch) must not stop the device for good.
      if (reply.kind === 'invalid_request') await db.meta.bulkDelete(['page', 'cursor']);
      return reply;
    }
    const { body } = reply;
    if (body.reset) {
      restored = true;
      sweep = new Sweep();
    }
    sweep?.saw(body.changes);
    if (body.done && several) {
      // Rows that somebody changed while the pages travelled are in none of them: the changes since come too, on their
      // way while the last page is stored. Before them nothing settles, and nothing is swept: until then a device
      // with a sweep stands where it stood, so that a cut-off one begins anew.
      acknowledged = await answered();
      cursor = body.cursor;
      next = ask(cursor, null);
      const stored = sweep
        ? await storePage(store, body, place, false)
        : await storeLastPage(store, body, place, { acknowledged: [], sweep, restored });
      if (!stored) return pull(store, remote, progress);
      several = false;
      continue;
    }
    if (body.done) {
      const stored = await storeLastPage(store, body, place, { acknowledged, sweep, restored });
      return stored ? undefined : pull(store, remote, progress);
    }
    several = true;
    next = ask(cursor, body.page);
    if (!(await storePage(store, body, place, sweep === undefined))) return pull(store, remote, progress);
    rows += body.changes.reduce((sum, change) => sum + change.rows.length, 0);
    progress(rows);
  }
}
