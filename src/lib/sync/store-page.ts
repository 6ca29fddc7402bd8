import { entityNames, type EntityName } from '$lib/entities/registry';
import type { Change, PullReply } from '$lib/remote/wire';
import { writeMeta } from '$lib/store/meta';
import type { Store } from '$lib/store/store';
import { settle, reoffer } from './settle';
import { showRow } from './show-row';

/** What a reset brought: everything else on the device is the server's no longer. */
export class Sweep {
  readonly #seen = new Map<EntityName, Set<string>>();

  saw(changes: Change[]): void {
    for (const { entity, rows } of changes) {
      const ids = this.#seen.get(entity) ?? new Set();
      for (const row of rows) ids.add(row.id);
      this.#seen.set(entity, ids);
    }
  }

  has = (entity: EntityName, id: string): boolean => this.#seen.get(entity)?.has(id) ?? false;
}

/**
 * Stores one page's rows with the token of the next page, in one transaction.
 * @param resumable false during a reset: what it has seen lives in memory, so a cut-off one begins anew
 */
export async function storePage(store: Store, reply: PullReply, resumable: boolean): Promise<void> {
  const { db } = store;
  await db.transaction('rw', tablesOf(store), async () => {
    await storeChanges(store, reply.changes);
    await writeMeta(db, 'page', (resumable && reply.page) || undefined);
  });
}

/**
 * Stores the last page, settles what the server had answered before, and moves the cursor: one transaction.
 * @param restored the server is another than it was (a backup): what it had answered is offered again
 */
export async function storeLastPage(
  store: Store,
  reply: PullReply,
  acknowledged: number[],
  sweep: Sweep | undefined,
  restored: boolean,
): Promise<void> {
  const { db } = store;
  await db.transaction('rw', tablesOf(store), async () => {
    await storeChanges(store, reply.changes);
    if (sweep) await sweepRows(store, sweep);
    await settle(store, acknowledged);
    if (restored) await reoffer(store);
    await writeMeta(db, 'page', undefined);
    await writeMeta(db, 'cursor', reply.cursor ?? undefined);
    await writeMeta(db, 'last_pulled_at', store.now().toISOString());
  });
}

const tablesOf = ({ db }: Store) => [
  ...entityNames.map((name) => db.rows(name)),
  db.outbox,
  db.base_rows,
  db.meta,
];

async function storeChanges(store: Store, changes: Change[]): Promise<void> {
  const { db } = store;
  const edited = new Set((await db.base_rows.toCollection().primaryKeys()).map(([, id]) => id));
  for (const { entity, rows } of changes) {
    await db.rows(entity).bulkPut(rows.filter((row) => !edited.has(row.id)) as never[]);
    for (const row of rows.filter(({ id }) => edited.has(id))) {
      await db.base_rows.put({ entity, id: row.id, row });
      await showRow(store, entity, row.id);
    }
  }
}

async function sweepRows(store: Store, sweep: Sweep): Promise<void> {
  const { db } = store;
  for (const entity of entityNames) {
    const gone = (await db.rows(entity).toCollection().primaryKeys()).filter((id) => !sweep.has(entity, id));
    for (const id of gone) {
      if (await db.base_rows.get([entity, id])) {
        await db.base_rows.put({ entity, id, row: null });
        await showRow(store, entity, id);
      } else await db.rows(entity).delete(id);
    }
  }
}
