import { expect } from 'vitest';
import { StoreError } from '$lib/store/errors';
import { addMember, createDatabase, type Database } from '../db/database';
import { rpc, type Rpc } from '../db/rpc';
import { restoreBackup, takeBackup, type Backup } from './backup';
import { showsSettledChanges } from './checks';
import { Device, isDiskFull, isPowerCut } from './device';
import { arm, disarm } from './faults';
import { ForeignClient } from './foreign-client';
import { workDuringSync } from './leaving';
import { Ledger } from './ledger';
import { calm, remoteThrough, storm, thin, type Weather } from './network';
import { act } from './person';
import { Random } from './random';
import { ServerLife } from './server-life';

/** The tablet was restarted while someone was using it. */
const isClosed = (cause: unknown) =>
  (cause instanceof StoreError && cause.code === 'storage_unavailable') ||
  (cause instanceof Error && cause.name === 'DatabaseClosedError');

const hour = 3_600_000;
const skews = [0, 0, 0, -30 * hour, 50 * hour];

/** A team with tablets, one server, and faults. Everything except clocks and the server's timing follows the seed. */
export class World {
  readonly random: Random;
  readonly devices: Device[] = [];
  readonly ledger = new Ledger();
  readonly server: ServerLife;
  /** Pulls that took more than one page. */
  longPulls = 0;
  /** Apps that were too old for the server. */
  updates = 0;
  #weather: Weather;
  #backup: Backup | undefined;
  #foreign: ForeignClient | undefined;
  #restored = false;
  #tick = 0;

  private constructor(
    readonly seed: number,
    readonly db: Database,
  ) {
    this.random = new Random(seed);
    // In every fourth story the connection is slow as well.
    this.#weather = seed % 4 === 0 ? thin : storm;
    this.server = new ServerLife(db, new Random(seed * 31));
  }

  static async create(seed: number, tablets: number): Promise<World> {
    const world = new World(seed, await createDatabase());
    const people: string[] = [];
    for (const role of ['admin', 'manager', 'rep', 'rep', 'read_only'] as const)
      people.push(await addMember(world.db, role, { id: world.random.uuid(people.length) }));
    for (let i = 0; i < tablets; i += 1) await world.#addDevice(i, people[i % people.length] as string);
    return world;
  }

  async #addDevice(i: number, userId: string): Promise<void> {
    const call = (name: string, request: object) => {
      if ('page' in request && request.page) this.longPulls += 1;
      this.ledger.noteSent(request);
      return rpc(this.db, userId, name as Rpc, { ...request, protocol: device.protocol });
    };
    const device: Device = new Device(`tablet ${i}`, userId, {
      random: new Random(this.seed * 1000 + i),
      time: () => this.time(),
      skew: this.random.pick(skews),
      remote: remoteThrough(call, () => this.#weather, new Random(this.seed * 7919 + i)),
    });
    await device.switchOn();
    this.devices.push(device);
  }

  /** The server was lost and restored from a backup. */
  get restored(): boolean {
    return this.#restored;
  }

  /** Lets a member write with their own program from now on. */
  async letForeignClientIn(): Promise<void> {
    this.#foreign = await ForeignClient.join(this.db, new Random(this.seed * 17), this.ledger);
  }

  /** The time in milliseconds. It advances a little at every read, so that no two ids share their time. */
  time(): number {
    this.#tick += 1;
    return Date.now() + this.#tick;
  }

  /** One event happens to one person. */
  async step(): Promise<void> {
    const { random } = this;
    await this.server.step();
    await this.#foreign?.write();
    const device = random.pick(this.devices);
    if (random.chance(0.03)) return this.#restart(device);
    if (random.chance(0.1)) device.cutPowerAfter(Math.floor(random.next() * 12));
    if (random.chance(0.06)) return this.#several();
    if (random.chance(0.08)) return this.#workWhileSyncing(device);
    if (random.chance(0.06)) return this.#withAFullDisk(device);
    if (random.chance(0.35)) return void (await this.sync(device, random.chance(0.1) ? 2 : 1));
    await this.#work(device);
  }

  /** Runs one cycle of a tablet (or two at once), and the session's reaction to a deactivated account. */
  async sync(device: Device, tabs = 1): Promise<boolean> {
    const { failure } = await device.sync(tabs);
    // After a restore the tablets send settled changes again, and show them again when they return.
    if (!this.#restored) await showsSettledChanges(this, device);
    if (failure?.kind === 'deactivated') await this.#leave(device);
    if (failure?.kind === 'client_outdated') await this.#update(device);
    return failure === undefined;
  }

  /** Takes a backup of the server for a later restore. */
  async backUp(): Promise<void> {
    this.#backup = await takeBackup(this.db);
  }

  /** Loses the server and restores it from its last backup. */
  async restore(): Promise<void> {
    if (!this.#backup) throw new Error('There is no backup.');
    this.#restored = true;
    await this.server.calmDown();
    const before = await this.#known();
    await restoreBackup(this.db, this.#backup);
    const after = await this.#known();
    const onTablets = new Set<string>();
    for (const { store } of this.devices)
      for (const entry of await store.db.outbox.toArray()) onTablets.add(entry.mutation_id);
    const lost = (ids: Set<string>, now: Set<string>) => [...ids].filter((id) => !now.has(id));
    this.ledger.excuse(
      lost(before.mutations, after.mutations).filter((id) => !onTablets.has(id)),
      'answered, wiped from its tablet, and then lost with the server',
    );
    this.ledger.excuse(lost(before.events, after.events), 'accepted, and then lost with the server');
  }

  /** Ends all faults and lets everyone sync until nothing changes. */
  async heal(): Promise<void> {
    this.#weather = calm;
    await this.server.calmDown();
    for (let round = 0; round < 3; round += 1)
      for (const device of this.devices) {
        await device.restart();
        if (device.protocol < this.server.protocol - 1) await this.#update(device);
        const { failure } = await device.sync();
        if (failure) throw new Error(`${device.name} cannot sync without faults: ${failure.code}`);
      }
  }

  async end(): Promise<void> {
    await this.server.calmDown();
    for (const device of this.devices) device.switchOff();
    await this.db.drop();
  }

  async #work(device: Device): Promise<void> {
    if (device.lockedOut) return;
    try {
      await act(device.store, this.random);
    } catch (cause) {
      if (!isPowerCut(cause)) throw cause;
      await device.restart();
    }
    await this.ledger.note(device);
  }

  /** Someone keeps working while the tablet syncs. */
  async #workWhileSyncing(device: Device): Promise<void> {
    const { store } = device;
    const cycle = device.sync();
    let off = device.lockedOut;
    for (let edits = 0; edits < 4 && !off; edits += 1)
      await workDuringSync(this, device, () => act(store, this.random)).catch((cause: unknown) => {
        if (!isPowerCut(cause) && !isClosed(cause)) throw cause;
        off = true;
      });
    await cycle;
    if (off) await device.restart();
    await this.ledger.note(device);
    // The last changes are handed over before a closed account leaves the tablet.
    await this.sync(device);
  }

  /** Somewhere in an edit or a sync the disk is full, and then has space again: the app continues without a restart. */
  async #withAFullDisk(device: Device): Promise<void> {
    const syncs = this.random.chance(0.7);
    arm('request', 1 + Math.floor(this.random.next() * (syncs ? 60 : 6)));
    if (syncs) await device.sync();
    else if (!device.lockedOut)
      await act(device.store, this.random).catch((cause: unknown) => {
        if (isPowerCut(cause)) return device.restart();
        if (!isDiskFull(cause)) throw cause;
      });
    disarm();
    await this.ledger.note(device);
    await this.sync(device);
  }

  /** The app of a version that the server no longer serves is replaced, and finds its outbox unchanged. */
  async #update(device: Device): Promise<void> {
    this.updates += 1;
    device.protocol = this.server.protocol;
    await device.restart();
  }

  async #restart(device: Device): Promise<void> {
    if (this.random.chance(0.3)) device.skew = this.random.pick(skews);
    await device.restart();
  }

  /** Several tablets sync at the same moment. */
  async #several(): Promise<void> {
    const some = this.devices.filter(() => this.random.chance(0.4));
    const ends = await Promise.allSettled(some.map((device) => this.sync(device)));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  async #leave(device: Device): Promise<void> {
    await this.ledger.note(device);
    const entries = await device.store.db.outbox.toArray();
    const { mutations, events } = await this.#known();
    const unknown = entries.filter((entry) => !mutations.has(entry.mutation_id));
    // A closed account cannot send again what the server had answered before its restore.
    const lost = unknown.filter((entry) => entry.state === 'pending' || entry.state === 'reoffered');
    expect(lost, `${device.name} is wiped with changes that nobody has`).toEqual([]);
    const unsent = await device.store.db.events.toArray();
    expect(
      unsent.filter(({ event_id }) => !events.has(event_id)),
      `${device.name} is wiped with events that nobody has`,
    ).toEqual([]);
    this.ledger.excuse(
      unknown.map((entry) => entry.mutation_id),
      'refused, or lost with the server, and then its account was closed',
    );
    await device.wipe();
  }

  /** The ids of everything that the server has answered and logged. */
  async #known(): Promise<{ mutations: Set<string>; events: Set<string> }> {
    const receipts = await this.db.query<{ id: string }>('select mutation_id as id from private.receipts');
    const views = await this.db.query<{ id: string }>(
      `select id from public.activity_logs where action = 'view'`,
    );
    const ids = (rows: { id: string }[]) => new Set(rows.map((row) => row.id));
    return { mutations: ids(receipts), events: ids(views) };
  }
}
