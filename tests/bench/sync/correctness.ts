import type { BrowserContext } from '@playwright/test';
import type { Figure, Table } from '../report/figures';
import type { ClientName } from '../pages/bundle';
import type { BenchServer } from '../server/server';
import { Device } from './drive';

const clients = ['ours', 'rxdb', 'legend', 'upsert'] as const;
type Client = (typeof clients)[number];

/** The time a client gets to send a few edits. The benchmark goes on without one that retries forever. */
const patience = 8_000;
const badValue = 'no address at all';

interface Outcome {
  words: string;
  /** Nothing was lost silently, applied twice, or held up. */
  good: boolean;
}

type Row = Record<string, unknown>;

/** Two devices of one client at the same records, and the server's state of them. */
class Case {
  constructor(
    private readonly context: BrowserContext,
    readonly server: BenchServer,
    readonly client: Client,
    private readonly name: string,
  ) {}

  async devices(count: number): Promise<Device[]> {
    const devices: Device[] = [];
    for (let each = 1; each <= count; each++) {
      const name = `${this.client}-${this.name}-${each}`;
      const device = await Device.open(this.context, this.server, this.client, name);
      await device.call('pull');
      devices.push(device);
    }
    return devices;
  }

  async stored(ids: string[]): Promise<Row[]> {
    const table = this.client === 'ours' ? 'public.contacts' : 'bench.contacts';
    return this.server.backend.database.query(`select * from ${table} where id = any($1::uuid[])`, [
      `{${ids.join(',')}}`,
    ]);
  }
}

const send = (device: Device) => device.measure('push', patience);
const pick = async (device: Device, place: number) => (await device.call('ids', place + 1))[place] ?? '';

/** Edits different fields of one record on two devices. */
async function differentFields(test: Case): Promise<Outcome> {
  const [first, second] = await both(test);
  const id = await pick(first, 10);
  await first.call('edit', id, { title: `${test.client} first` });
  await second.call('edit', id, { department: `${test.client} second` });
  await send(first);
  await send(second);
  const [row] = await test.stored([id]);
  const kept = row?.title === `${test.client} first` && row.department === `${test.client} second`;
  await close(first, second);
  return { words: kept ? 'both kept' : 'one lost', good: kept };
}

/** Edits the same field of one record on two devices. */
async function sameField(test: Case): Promise<Outcome> {
  const [first, second] = await both(test);
  const id = await pick(first, 11);
  await first.call('edit', id, { title: `${test.client} first` });
  await second.call('edit', id, { title: `${test.client} second` });
  await send(first);
  await send(second);
  const conflicts = await second.call('conflicts');
  const [row] = await test.stored([id]);
  await close(first, second);
  if (conflicts > 0) return { words: 'a conflict, both kept', good: true };
  return {
    words: row?.title === `${test.client} first` ? 'second dropped silently' : 'first overwritten silently',
    good: false,
  };
}

/** Sends twenty edits, one of which the server refuses. */
async function oneBad(test: Case): Promise<Outcome> {
  const [device] = await test.devices(1);
  if (!device) throw new Error('no device');
  const ids = (await device.call('ids', 40)).slice(20);
  for (const [place, id] of ids.entries())
    await device.call(
      'edit',
      id,
      place === 7 ? { linkedin_url: badValue } : { title: `${test.client} of twenty` },
    );
  const sent = await send(device).catch(() => undefined);
  const arrived = (await test.stored(ids)).filter((row) => row.title === `${test.client} of twenty`).length;
  const ended = sent !== undefined && sent.value < patience;
  await device.close();
  const requests = sent ? `${sent.traffic.requests} requests` : 'an error';
  return {
    words: `${arrived} of 19 arrive, ${requests}${ended ? '' : ', keeps trying'}`,
    good: arrived === 19 && ended,
  };
}

/** The server commits an edit and its reply never arrives. */
async function lostReply(test: Case): Promise<Outcome> {
  const [device] = await test.devices(1);
  if (!device) throw new Error('no device');
  const id = await pick(device, 50);
  const written = async () => {
    const [row] = await (test.client === 'ours'
      ? test.server.backend.database.query<{ n: number }>(
          'select version::int as n from public.contacts where id = $1',
          [id],
        )
      : test.server.backend.database.query<{ n: number }>(
          'select coalesce(sum(times), 0)::int as n from bench.writes where id = $1',
          [id],
        ));
    return row?.n ?? 0;
  };
  const before = await written();
  await device.call('edit', id, { title: `${test.client} once` });
  test.server.edge.loseReplyTo(test.client === 'ours' ? '/rest/v1/rpc/sync_push' : '/peers/rest/v1/contacts');
  await send(device).catch(() => undefined);
  const again = await device.call('pending');
  // A client that gave up tries again when its user does.
  if (again > 0 || test.client === 'ours' || test.client === 'upsert')
    await send(device).catch(() => undefined);
  const times = (await written()) - before;
  await device.close();
  return { words: times === 1 ? 'applied once' : `applied ${times} times`, good: times === 1 };
}

async function both(test: Case): Promise<[Device, Device]> {
  const [first, second] = await test.devices(2);
  if (!first || !second) throw new Error('no devices');
  return [first, second];
}

const close = (...devices: Device[]) => Promise.all(devices.map((device) => device.close()));

const cases: Record<string, (test: Case) => Promise<Outcome>> = {
  'different fields edited on two devices': differentFields,
  'the same field edited on two devices': sameField,
  'one bad edit among twenty': oneBad,
  'reply lost after commit': lostReply,
};

/**
 * Shows what happens to edits with each client when something goes wrong. Only the app's own results can pass or fail.
 */
export async function runCorrectness(
  context: BrowserContext,
  server: BenchServer,
  names: Record<ClientName, string>,
  log: (line: string) => void,
): Promise<{ figures: Figure[]; table: Table }> {
  const figures: Figure[] = [];
  const rows: string[][] = [];
  for (const [title, run] of Object.entries(cases)) {
    const words: string[] = [];
    for (const client of clients) {
      const outcome = await run(new Case(context, server, client, title.replaceAll(' ', '-')));
      log(`${title}, ${client}: ${outcome.words}`);
      words.push(outcome.words);
      if (client === 'ours')
        figures.push({
          name: `${title}: ${outcome.words}`,
          value: outcome.good ? 1 : 0,
          unit: 'kept',
          target: 'nothing lost silently or applied twice',
          pass: outcome.good,
        });
    }
    rows.push([title, ...words]);
  }
  return {
    figures,
    table: { title: 'Correctness', columns: ['', ...clients.map((name) => names[name])], rows },
  };
}
