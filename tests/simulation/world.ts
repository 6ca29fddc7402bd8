import { addMember, createDatabase, type Database } from '../db/database';
import { rpc, type Rpc } from '../db/rpc';
import { Device } from './device';
import { calm, remoteThrough, storm, type Weather } from './network';
import { act } from './person';
import { Random } from './random';

const hour = 3_600_000;

/** A team with tablets, one server, and bad weather. Everything but the server's clock follows the seed. */
export class World {
  readonly random: Random;
  readonly devices: Device[] = [];
  /** Ids of every event that anybody's tablet ever recorded. */
  readonly events = new Set<string>();
  #weather: Weather = storm;
  #tick = 0;

  private constructor(
    readonly seed: number,
    readonly db: Database,
  ) {
    this.random = new Random(seed);
  }

  static async create(seed: number, tablets: number): Promise<World> {
    const world = new World(seed, await createDatabase());
    const people: string[] = [];
    for (const role of ['admin', 'manager', 'rep', 'rep', 'read_only'] as const)
      people.push(await addMember(world.db, role));
    for (let i = 0; i < tablets; i += 1) {
      const userId = people[i % people.length] as string;
      const device = new Device(`tablet ${i}`, userId, {
        random: new Random(seed * 1000 + i),
        time: () => world.time(),
        skew: world.random.pick([0, 0, 0, -30 * hour, 50 * hour]),
        remote: remoteThrough(
          (name, request) => rpc(world.db, userId, name as Rpc, request),
          () => world.#weather,
          new Random(seed * 7919 + i),
        ),
      });
      await device.switchOn();
      world.devices.push(device);
    }
    return world;
  }

  /** Milliseconds; moves on a little at every look, so that no two ids share their time. */
  time(): number {
    this.#tick += 1;
    return Date.now() + this.#tick;
  }

  /** One thing happens to somebody. */
  async step(): Promise<void> {
    const { random } = this;
    const device = random.pick(this.devices);
    if (random.chance(0.03)) return device.restart();
    if (random.chance(0.1)) device.cutPowerAfter(Math.floor(random.next() * 12));
    if (random.chance(0.35)) {
      await device.sync();
      return;
    }
    try {
      await act(device.store, random);
    } catch (cause) {
      if (!(cause instanceof Error && /power cut/.test(cause.message))) throw cause;
      await device.restart();
    }
    for (const event of await device.store.db.events.toArray()) this.events.add(event.event_id);
  }

  /** The weather clears and everybody syncs until nothing moves. */
  async heal(): Promise<void> {
    this.#weather = calm;
    for (let round = 0; round < 3; round += 1)
      for (const device of this.devices) {
        await device.restart();
        const { failure } = await device.sync();
        if (failure) throw new Error(`${device.name} cannot sync in calm weather: ${failure.code}`);
      }
  }

  async end(): Promise<void> {
    for (const device of this.devices) device.switchOff();
    await this.db.drop();
  }
}
