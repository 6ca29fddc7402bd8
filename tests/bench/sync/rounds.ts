import type { BrowserContext } from '@playwright/test';
import { clientNames, type ClientName } from '../pages/bundle';
import { median } from '../report/figures';
import type { BenchServer } from '../server/server';
import { Device } from './drive';

/** The results of one round of one client: times in milliseconds, counts of requests. */
interface Round {
  [what: string]: number;
}

export type Rounds = Record<ClientName, Round[]>;

const edits = 1000;
/** The benchmark goes on without a client that does not finish. */
const patience = 60_000;

/** Runs every client through the same steps, one after the other, for the requested number of rounds. */
export async function runRounds(
  context: BrowserContext,
  server: BenchServer,
  rounds: number,
  log: (line: string) => void,
): Promise<Rounds> {
  const all = Object.fromEntries(clientNames.map((name) => [name, []])) as unknown as Rounds;
  for (let round = 1; round <= rounds; round++)
    for (const name of clientNames) {
      const result = await runClient(context, server, name, `${name}-${round}`);
      all[name].push(result);
      log(
        `round ${round} of ${rounds}, ${name}: ${JSON.stringify(result, (_, v: unknown) => (typeof v === 'number' ? Math.round(v) : v))}`,
      );
    }
  return all;
}

async function runClient(
  context: BrowserContext,
  server: BenchServer,
  name: ClientName,
  database: string,
): Promise<Round> {
  const device = await Device.open(context, server, name, database);
  try {
    const pull = await device.measure('pull');
    const result: Round = {
      pull: pull.value.all,
      first: pull.value.first,
      rows: pull.value.rows,
      memory: pull.value.memory / 1e6,
      pullRequests: pull.traffic.requests,
      bulk: await device.call('queueBulk', edits),
    };
    const push = await device.measure('push', patience);
    Object.assign(result, { push: push.value, pushRequests: push.traffic.requests });
    if (name === 'raw') return result;
    result.singly = await device.call('queueSingly', edits);
    await device.call('push', patience);
    if (name === 'upsert' || name === 'legend') return result;
    // RxDB checks what it has just sent once more; the requests after that carry no information.
    await device.call('noop');
    const noop = await device.measure('noop');
    const { requests, sent, received } = noop.traffic;
    return { ...result, noop: noop.value, noopRequests: requests, noopBytes: sent + received };
  } finally {
    await device.close();
  }
}

/** The median of a client's rounds; NaN for a step it does not have. */
export const middle = (rounds: Rounds, name: ClientName, what: string): number =>
  median(rounds[name].flatMap((round) => round[what] ?? []));

/** How many times as long one client takes as another: the median of the rounds' ratios. */
export const ratio = (rounds: Rounds, slow: [ClientName, string], fast: [ClientName, string]): number =>
  median(
    rounds[slow[0]].map(
      (round, index) => (round[slow[1]] ?? NaN) / (rounds[fast[0]][index]?.[fast[1]] ?? NaN),
    ),
  );
