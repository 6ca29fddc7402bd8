import { recordEvent } from '$lib/store/events';
import { mutate } from '$lib/store/write';
import type { Edit } from '$lib/entities/mutation';
import type { Store } from '$lib/store/store';
import { addMember, createDatabase, type Database } from '../db/database';
import { rpc, type Rpc } from '../db/rpc';
import { restoreBackup, takeBackup, type Backup } from './backup';
import { Device } from './device';
import { arm, disarm, fails } from './faults';
import { calm, remoteThrough } from './network';
import { Random } from './random';

/** Everything on a tablet's disk, by table. */
type Disk = Record<string, unknown[]>;

/**
 * A tablet at the start of a sync cycle with every kind of work: inserts, updates of every merge rule, a delete, a
 * group that the server refuses, and events are queued; a colleague has changed and deleted some of the same records;
 * one change was answered and not yet pulled; and the first of several pages has arrived. The cycle can be started
 * again and again.
 */
export class Day {
  private constructor(
    readonly db: Database,
    readonly userId: string,
    readonly backup: Backup,
    readonly disk: Disk,
  ) {}

  static async prepare(): Promise<Day> {
    const db = await createDatabase();
    const me = await addMember(db, 'rep');
    const mine = await switchedOn(db, me, 1);
    const theirs = await switchedOn(db, await addMember(db, 'rep'), 2);
    const ids = Array.from({ length: 8 }, () => theirs.store.newId());
    const [clash, merged, deletedHere, deletedThere, answered] = ids as [
      string,
      string,
      string,
      string,
      string,
    ];
    await mutate(
      theirs.store,
      ids.map((id) => insert(id, 'First')),
    );
    await theirs.sync();
    await mine.sync();
    await mutate(theirs.store, [
      update(clash, { title: 'theirs' }),
      update(merged, { tags: ['vip'], city: 'Bergen' }),
      { op: 'delete', entity: 'contacts', id: deletedThere },
      ...Array.from({ length: 6 }, () => insert(theirs.store.newId(), 'Later')),
    ]);
    await theirs.sync();
    await mutate(mine.store, [update(answered, { title: 'answered' })]);
    // The push and the first page arrive; the second page does not.
    arm('drop', 3);
    await mine.sync();
    disarm();
    await work(mine.store, { clash, merged, deletedHere, deletedThere });
    const disk: Disk = {};
    for (const table of mine.store.db.tables) disk[table.name] = await table.toArray();
    mine.switchOff();
    theirs.switchOff();
    return new Day(db, me, await takeBackup(db), disk);
  }

  /** The initial state of the tablet and the server. */
  async begin(): Promise<Device> {
    await restoreBackup(this.db, this.backup, false);
    const device = await switchedOn(this.db, this.userId, 3);
    for (const [table, rows] of Object.entries(this.disk)) await device.store.db.table(table).bulkPut(rows);
    return device;
  }
}

async function switchedOn(db: Database, userId: string, seed: number): Promise<Device> {
  let ticks = 0;
  const random = new Random(seed);
  const call = async (name: string, request: object) => {
    if (fails('drop')) return { status: 0, body: null };
    const reply = await rpc(db, userId, name as Rpc, request);
    return fails('lose') ? { status: 0, body: null } : reply;
  };
  const device = new Device(`tablet ${seed}`, userId, {
    random,
    time: () => Date.now() + (ticks += 1),
    skew: 0,
    remote: remoteThrough(call, () => ({ ...calm, pageRows: [4] }), random),
  });
  await device.switchOn();
  return device;
}

const insert = (id: string, first_name: string): Edit => ({
  op: 'insert',
  entity: 'contacts',
  id,
  values: { first_name },
});
const update = (id: string, values: object): Edit => ({ op: 'update', entity: 'contacts', id, values });

async function work(
  store: Store,
  ids: { clash: string; merged: string; deletedHere: string; deletedThere: string },
): Promise<void> {
  const company = store.newId();
  await mutate(store, [
    { op: 'insert', entity: 'companies', id: company, values: { name: 'Harbour Foods' } },
  ]);
  await mutate(store, [update(ids.clash, { title: 'mine', city: 'Oslo' })]);
  await mutate(store, [update(ids.clash, { title: 'mine after all' })]);
  await mutate(store, [update(ids.merged, { tags: ['hotel'], company_id: company })]);
  await mutate(store, [update(ids.deletedThere, { title: 'too late' })]);
  await mutate(store, [{ op: 'delete', entity: 'contacts', id: ids.deletedHere }]);
  const deal = { name: 'Oysters', company_id: company, position: 'a0' };
  const note = { body: 'Of a company that nobody has', company_id: store.newId() };
  await mutate(
    store,
    [
      { op: 'insert', entity: 'deals', id: store.newId(), values: deal },
      { op: 'insert', entity: 'notes', id: store.newId(), values: note },
    ],
    { group: true },
  );
  for (const entity_id of [ids.clash, company])
    await recordEvent(store, { action: 'view', entity_type: 'contacts', entity_id });
}
