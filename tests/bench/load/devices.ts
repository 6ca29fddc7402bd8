/** A separate process that plays many devices, so that they do not slow down the server they measure. */
import { randomUUID } from 'node:crypto';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { DeviceOptions, Options, Seen } from './options';

const options = (await json(process.stdin)) as Options;
const eventsPerCycle = 5;
const mostTries = 12;
const seen: Seen = {
  push: [],
  pull: [],
  cycle: [],
  retries: 0,
  errors: [],
  edits: 0,
  events: 0,
  rows: 0,
  seconds: 0,
};

interface Pulled {
  changes: { rows: unknown[] }[];
  page: string | null;
  cursor: string;
}

/** Calls a function like the app: after a temporary failure it tries again, waiting a little longer each time. */
async function call<T>(device: DeviceOptions, name: 'push' | 'pull', request: object): Promise<T> {
  const { token, clientId } = device;
  const body = JSON.stringify({ request: { protocol: 1, client_id: clientId, ...request } });
  for (let tries = 1; ; tries++) {
    const start = performance.now();
    const reply = await fetch(`${options.url}/rest/v1/rpc/sync_${name}`, {
      method: 'POST',
      headers: {
        apikey: 'sb_publishable_embedded',
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
      },
      body,
    });
    const text = await reply.text();
    seen[name].push(performance.now() - start);
    if (reply.ok) return JSON.parse(text) as T;
    if (![423, 429, 502, 503].includes(reply.status) || tries === mostTries)
      throw new Error(`${name} ${reply.status}: ${text.slice(0, 200)}`);
    seen.retries += 1;
    await delay(Math.random() * 200 * 2 ** Math.min(tries, 6));
  }
}

class Device {
  #cursor = options.cursor;
  #seq = 0;
  #title: string | null;
  #version: number;

  constructor(readonly options: DeviceOptions) {
    this.#title = options.contact.title;
    this.#version = options.contact.version;
  }

  /** Pushes one edit and the person's views, then pulls what is new. */
  async cycle(): Promise<void> {
    const start = performance.now();
    await this.#push();
    let page: string | null = null;
    do {
      const body: Pulled = await call(this.options, 'pull', { cursor: this.#cursor, page, limit: 2000 });
      seen.rows += body.changes.reduce((sum, { rows }) => sum + rows.length, 0);
      page = body.page;
      this.#cursor = body.cursor ?? this.#cursor;
    } while (page);
    seen.cycle.push(performance.now() - start);
  }

  async #push(): Promise<void> {
    const occurred_at = new Date().toISOString();
    const title = `Device ${this.options.clientId} ${++this.#seq}`;
    const { results } = await call<{ results: { status: string; version: number }[] }>(this.options, 'push', {
      sent_at: occurred_at,
      mutations: [
        {
          mutation_id: randomUUID(),
          seq: this.#seq,
          entity: 'contacts',
          id: this.options.contact.id,
          op: 'update',
          base_version: this.#version,
          base: { title: this.#title },
          patch: { title },
          occurred_at,
        },
      ],
      events: Array.from({ length: eventsPerCycle }, (_, index) => ({
        event_id: randomUUID(),
        seq: this.#seq * eventsPerCycle + index,
        action: 'view',
        entity_type: 'contacts',
        entity_id: this.options.contact.id,
        occurred_at,
      })),
    });
    if (results[0]?.status !== 'applied') throw new Error(`an edit was ${results[0]?.status}`);
    this.#title = title;
    this.#version = results[0].version;
    seen.edits += 1;
    seen.events += eventsPerCycle;
  }
}

async function live(device: Device, place: number): Promise<void> {
  try {
    if (options.seconds === 0) return await device.cycle();
    const end = performance.now() + options.seconds * 1000;
    await delay((place / options.devices.length) * options.every * 1000);
    while (performance.now() < end) {
      const next = performance.now() + options.every * 1000;
      await device.cycle();
      await delay(Math.max(0, Math.min(next, end) - performance.now()));
    }
  } catch (error) {
    seen.errors.push(String(error));
  }
}

const began = performance.now();
await Promise.all(options.devices.map((each, place) => live(new Device(each), place)));
seen.seconds = (performance.now() - began) / 1000;
process.stdout.write(JSON.stringify(seen));
