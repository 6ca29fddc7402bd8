import { afterEach, expect, test, vi } from 'vitest';
import { entityNames } from '$lib/entities/registry';
import type { PullReply } from '$lib/remote/wire';
import { writeMeta } from '$lib/store/meta';
import type { Store } from '$lib/store/store';
import type { PullPosition } from '$lib/sync/store-page';
import { settle } from '$lib/sync/settle';
import {
  cursorByUpdatedAt,
  eventsWithoutIdentity,
  groupsInPieces,
  lastWriteWins,
  acceptsUnreadable,
  noReceiptCheck,
  refusalsAreDropped,
} from './plants-sql';
import { playStory } from './story';
import type { World } from './world';

/** Possible bugs of the app: wrapped around the real modules, none of which is replaced. */
interface Plant {
  /** Which stories can show the bug: every n-th. */
  every?: number;
  afterPage?: (store: Store, reply: PullReply, place: PullPosition) => Promise<unknown>;
  afterLastPage?: (store: Store, reply: PullReply) => Promise<unknown>;
  afterBatch?: (
    db: Store['db'],
    batch: { mutations: { seq: number }[]; events: { seq: number }[] },
  ) => Promise<unknown>;
}

const planted = vi.hoisted<{ now: Plant }>(() => ({ now: {} }));
afterEach(() => {
  planted.now = {};
});

vi.mock('$lib/sync/store-page', async (original) => {
  const real = await original<typeof import('$lib/sync/store-page')>();
  const storePage: typeof real.storePage = async (store, reply, place, sweeping) => {
    const stored = await real.storePage(store, reply, place, sweeping);
    if (stored) await planted.now.afterPage?.(store, reply, place);
    return stored;
  };
  const storeLastPage: typeof real.storeLastPage = async (store, reply, ...rest) => {
    const stored = await real.storeLastPage(store, reply, ...rest);
    await planted.now.afterLastPage?.(store, reply);
    return stored;
  };
  return { ...real, storePage, storeLastPage };
});

vi.mock('$lib/sync/batch', async (original) => {
  const real = await original<typeof import('$lib/sync/batch')>();
  const nextBatch: typeof real.nextBatch = async (db, ...rest) => {
    const batch = await real.nextBatch(db, ...rest);
    if (batch) await planted.now.afterBatch?.(db, batch);
    return batch;
  };
  return { ...real, nextBatch };
});

/** The number of stories to try until one fails; each bug shows far earlier. */
const mostSeeds = 12;

/** The failure of the first story that fails. Throws any error that is not a failed check. */
async function caught(plant: Plant, arrange: (world: World) => Promise<unknown>): Promise<string> {
  planted.now = plant;
  const { every = 1 } = plant;
  for (let seed = every; seed <= mostSeeds * every; seed += every)
    try {
      await playStory(seed, { arrange });
    } catch (cause) {
      if (!(cause instanceof Error) || cause.name !== 'AssertionError') throw cause;
      return cause.message;
    }
  return 'nothing';
}

const bySql: Record<string, (db: World['db']) => Promise<void>> = {
  'a cursor by updated_at': cursorByUpdatedAt,
  'receipts are ignored': noReceiptCheck,
  'last write wins': lastWriteWins,
  'refused changes are not kept': refusalsAreDropped,
  'repeated events are not recognized': eventsWithoutIdentity,
  'a group applies in parts': groupsInPieces,
};

test.each(Object.entries(bySql))('finds a bug planted in the server: %s', async (_, plant) => {
  expect(await caught({}, (world) => plant(world.db))).not.toBe('nothing');
});

/** The cursor that the last page of this pull will return. */
const cursorOf = ({ page }: PullReply) => {
  const { epoch, snapshot } = JSON.parse(page ?? '{}') as { epoch: string; snapshot: string };
  return `${epoch}/${snapshot}`;
};

test('finds a planted value that the app cannot read, without blocking', async () => {
  const arrange = async (world: World) => {
    await acceptsUnreadable(world.db);
    await world.letForeignClientIn();
  };
  // A tablet that could no longer sync would throw another error.
  expect(await caught({}, arrange)).not.toBe('nothing');
});

const onTablet: Record<string, Plant> = {
  'the cursor is stored with the first page': {
    afterPage: async ({ db }, reply, place) => {
      if (!reply.page) return;
      await writeMeta(db, 'cursor', cursorOf(reply));
      await writeMeta(db, 'page', undefined);
      Object.assign(place, { cursor: cursorOf(reply), page: null });
    },
  },
  'an entry leaves pending before the reply': {
    afterBatch: (db, { mutations }) =>
      db.outbox
        .where('seq')
        .anyOf(mutations.map((entry) => entry.seq))
        .and((entry) => entry.state === 'pending')
        .modify({ state: 'acknowledged' }),
  },
  'events are deleted before the reply': {
    afterBatch: (db, { events }) => db.events.bulkDelete(events.map((event) => event.seq)),
  },
  'a pull rewrites the base of queued changes': {
    afterPage: rewriteBases,
    afterLastPage: rewriteBases,
  },
  'a page settles changes before the rest of the pull': {
    afterPage: async (store) => {
      const { db } = store;
      const answered = await db.outbox.where('state').equals('acknowledged').primaryKeys();
      await db.transaction(
        'rw',
        [...entityNames.map((name) => db.rows(name)), db.outbox, db.base_rows],
        async () => settle(store, answered),
      );
    },
  },
  'changes that a restored server lost are not sent again': {
    every: 3,
    afterLastPage: ({ db }) => db.outbox.where('state').equals('reoffered').modify({ state: 'settled' }),
  },
  'a restore discards unsent changes': {
    every: 3,
    afterLastPage: async ({ db }, reply) => {
      const known = await db.meta.get('planted epoch');
      if (known && known.value !== reply.epoch) await db.outbox.where('state').equals('pending').delete();
      await db.meta.put({ key: 'planted epoch', value: reply.epoch });
    },
  },
};

async function rewriteBases({ db }: Store, { changes }: PullReply): Promise<void> {
  for (const { rows } of changes)
    for (const row of rows)
      await db.outbox
        .where('state')
        .equals('pending')
        .and((entry) => entry.id === row.id)
        .modify((entry) => {
          for (const field of Object.keys(entry.base)) entry.base[field] = Reflect.get(row, field);
        });
}

test.each(Object.entries(onTablet))('finds a bug planted in the app: %s', async (_, plant) => {
  expect(await caught(plant, async () => undefined)).not.toBe('nothing');
});
