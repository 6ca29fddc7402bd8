import type { Failure } from '$lib/remote/reply';
import type { Remote } from '$lib/remote/remote';
import { clientId, forgetClientId } from '$lib/store/meta';
import type { Store } from '$lib/store/store';
import { halvesOf, nextBatch, unitsOf, type Batch, Skipped } from './batch';
import { ranOutOfTime, type Connection, type CycleListener } from './request-size';
import { ownTimes } from './own-times';
import { acknowledge, handOver, refuse } from './store-answers';
import type { SentEvent } from '$lib/entities/activity-event';
import type { SentMutation } from '$lib/entities/mutation';
import type { OutboxEntry, StoredEvent } from '$lib/store/tables';

/** How many refusals in a row, from something other than the app's server, may be temporary. After that, find the culprit. */
const passing = 2;
/** How many requests one push may spend on finding the culprit. */
const mostSearches = 40;
/** How many times in a row a batch that ran out of time is halved at once. Then the server is left alone for a while. */
const mostHalvings = 3;

/**
 * Sends the outbox and the events, in order, until both are empty or `most` mutations are sent.
 * @param most no further batch is started once this many mutations were sent
 * @returns the failure that stopped the push or left something behind, or undefined. An entry leaves `pending` only if
 *   the server answers it.
 */
export function push(
  store: Store,
  remote: Remote,
  connection: Connection,
  { most = Infinity, listener }: { most?: number; listener?: CycleListener | undefined } = {},
): Promise<Failure | undefined> {
  return new Push(store, remote, connection, listener).run(most);
}

class Push {
  readonly #skipped = new Skipped();
  #searches = 0;
  #halvings = 0;
  #hasNewId = false;

  constructor(
    private readonly store: Store,
    private readonly remote: Remote,
    private readonly connection: Connection,
    private readonly listener: CycleListener | undefined,
  ) {}

  async run(most: number): Promise<Failure | undefined> {
    for (let sent = 0; sent < most;) {
      const batch = await nextBatch(this.store.db, this.connection.push.size, this.#skipped);
      if (!batch) break;
      const failed = await this.#deliver(batch);
      if (failed?.kind === 'maintenance' && (await this.#deliverWindows(batch))) continue;
      if (failed) return failed;
      sent += batch.mutations.length;
    }
    if (this.#skipped.isEmpty) this.connection.refusals = 0;
    return this.#skipped.failure;
  }

  /** While a maintenance window is open, only an admin's changes to the windows get through, because they may end it. */
  async #deliverWindows(batch: Batch): Promise<boolean> {
    const mutations = batch.mutations.filter((entry) => entry.entity === 'maintenance_windows');
    if (mutations.length === 0 || mutations.length === batch.mutations.length + batch.events.length)
      return false;
    return (await this.#deliver({ mutations, events: [] })) === undefined;
  }

  /** Sends a batch and stores the answer. If something in it cannot get through, finds it and sends the rest. */
  async #deliver({ mutations, events }: Batch): Promise<Failure | undefined> {
    // While a batch is being halved, the second half must not contain what depends on something in the first.
    const batch = { mutations: this.#skipped.without(mutations), events };
    if (mutations.length > 0 && batch.mutations.length === 0) return undefined;
    const failed = await this.#send(batch);
    // The rest is still pending. It follows in batches of the size that has just been learned.
    if (failed && ranOutOfTime(failed) && unitsOf(batch).length > 1)
      return (this.#halvings += 1) > mostHalvings ? failed : this.#deliver(halvesOf(batch)[0]);
    if (failed && isRefusalOfContent(failed)) return this.#split(batch, failed);
    if (failed && isForeign(failed) && (await this.#mayPass(failed))) return this.#split(batch, failed);
    return failed;
  }

  /** Whether it is worth searching for the change that something in between refuses. */
  async #mayPass(cause: Failure): Promise<boolean> {
    this.#searches += 1;
    if (this.#searches > 1) return this.#searches <= mostSearches;
    this.connection.refusals += 1;
    // If even an empty request is refused, these changes are not the problem.
    return this.connection.refusals > passing && (await this.#send(nothing))?.code !== cause.code;
  }

  async #send(batch: Batch): Promise<Failure | undefined> {
    const { store } = this;
    const own = await ownTimes(store.db, batch.mutations);
    const mutations = batch.mutations.map((entry) => mutationOnWire(entry, own.get(entry.seq)));
    const events = batch.events.map(eventOnWire);
    const client_id = await clientId(store.db, store.newId);
    const request = { client_id, sent_at: store.now().toISOString(), mutations, events };
    const carried = JSON.stringify(mutations).length;
    const sent = Math.max(carried, JSON.stringify(events).length);
    const reply = await this.connection.push.measured(this.remote.push(request), () => carried, sent);
    if (reply.ok) {
      this.#halvings = 0;
      this.listener?.heard();
    }
    if (!reply.ok && reply.code === 'client_taken' && !this.#hasNewId) {
      this.#hasNewId = true;
      await forgetClientId(store.db);
      return this.#send(batch);
    }
    if (reply.ok) return acknowledge(store, batch, reply.body);
    if (reply.kind === 'deactivated') return handOver(store, batch, reply);
    return reply;
  }

  /** Halves a batch that was refused until the culprit is alone, so that one change never holds up the others. */
  async #split(batch: Batch, cause: Failure): Promise<Failure | undefined> {
    const units = unitsOf(batch).length;
    if (units === 0) return { ...cause, kind: 'server_error' };
    if (units > 1) {
      const [first, second] = halvesOf(batch);
      return (await this.#deliver(first)) ?? (await this.#deliver(second));
    }
    if (isForeign(cause)) {
      this.#skipped.add(batch, cause);
      return undefined;
    }
    // If even an empty request is refused, this change is not the problem.
    const empty = await this.#send(nothing);
    if (empty) return isRefusalOfContent(empty) ? { ...empty, kind: 'server_error' } : empty;
    await refuse(this.store, batch, cause);
    return undefined;
  }
}

const nothing: Batch = { mutations: [], events: [] };

const isRefusalOfContent = ({ kind }: Failure) => kind === 'invalid_request' || kind === 'too_large';

/** The server failed, or something between the device and the server refused a change. */
const isForeign = (failed: Failure) =>
  ranOutOfTime(failed) ||
  ((failed.kind === 'server_error' || failed.kind === 'forbidden') &&
    failed.code !== 'unanswered' &&
    failed.code !== 'token_refused');

/**
 * The part of an outbox entry that travels.
 * @param own_times as `ownTimes` finds them
 */
export function mutationOnWire(entry: OutboxEntry, own_times?: string[]): SentMutation {
  const { mutation_id, seq, group_id, entity, id, op, base_version, base, patch, occurred_at, known_at } =
    entry;
  const group = group_id ? { group_id } : {};
  const times = { ...(known_at ? { known_at } : {}), ...(own_times ? { own_times } : {}) };
  return { mutation_id, seq, ...group, entity, id, op, base_version, base, patch, occurred_at, ...times };
}

/** The part of a kept event that travels. */
function eventOnWire(event: StoredEvent): SentEvent {
  const { event_id, seq, action, entity_type, entity_id, occurred_at, known_at } = event;
  const known = known_at ? { known_at } : {};
  return { event_id, seq, action, entity_type, entity_id, occurred_at, ...known };
}
