import type { Failure } from '$lib/remote/reply';
import type { Remote } from '$lib/remote/remote';
import type { PushReply } from '$lib/remote/wire';
import { clientId } from '$lib/store/meta';
import { entriesOf } from '$lib/store/outbox-entries';
import type { OutboxEntry, StoredEvent } from '$lib/store/records';
import type { Store } from '$lib/store/store';
import { nextBatch, type Batch } from './batch';
import { eventOnWire, mutationOnWire } from './on-wire';

/**
 * Sends the outbox and the events, in order, until both are empty or `most` mutations are sent.
 * @param most no further batch is begun once so many mutations went out
 * @returns the failure that stopped it, or undefined. An entry leaves `pending` only by the server's answer.
 */
export async function push(store: Store, remote: Remote, most = Infinity): Promise<Failure | undefined> {
  for (let sent = 0; sent < most;) {
    const batch = await nextBatch(store.db);
    if (!batch) return undefined;
    const failed = await pushBatch(store, remote, batch);
    if (failed?.kind === 'maintenance' && (await pushWindows(store, remote, batch))) continue;
    if (failed) return failed;
    sent += batch.mutations.length;
  }
  return undefined;
}

/** While a maintenance window is open, an admin's changes to the windows alone get through: they may end it. */
async function pushWindows(store: Store, remote: Remote, batch: Batch): Promise<boolean> {
  const mutations = batch.mutations.filter((entry) => entry.entity === 'maintenance_windows');
  if (mutations.length === 0 || mutations.length === batch.mutations.length + batch.events.length)
    return false;
  return (await pushBatch(store, remote, { mutations, events: [] })) === undefined;
}

async function pushBatch(store: Store, remote: Remote, batch: Batch): Promise<Failure | undefined> {
  const reply = await remote.push({
    client_id: await clientId(store.db, store.newId),
    sent_at: store.now().toISOString(),
    mutations: batch.mutations.map(mutationOnWire),
    events: batch.events.map(eventOnWire),
  });
  if (reply.ok) return acknowledge(store, batch, reply.body);
  if (reply.kind === 'deactivated') return handOver(store, batch, reply);
  if (reply.kind !== 'invalid_request' && reply.kind !== 'too_large') return reply;
  return isolate(store, remote, batch, reply);
}

/**
 * The server cannot read something in the batch. Halves it until the culprit stands alone, so that one
 * change never holds up the others.
 */
async function isolate(
  store: Store,
  remote: Remote,
  batch: Batch,
  cause: Failure,
): Promise<Failure | undefined> {
  const { mutations, events } = batch;
  if (mutations.length + events.length === 0) return { ...cause, kind: 'server_error' };
  if (mutations.length > 0 && events.length > 0)
    return (
      (await pushBatch(store, remote, { mutations, events: [] })) ??
      (await pushBatch(store, remote, { mutations: [], events }))
    );
  const units = mutations.length > 0 ? unitsOf(mutations) : events.map((event) => [event]);
  if (units.length > 1) {
    const middle = Math.ceil(units.length / 2);
    for (const half of [units.slice(0, middle).flat(), units.slice(middle).flat()]) {
      const failed = await pushBatch(
        store,
        remote,
        mutations.length > 0
          ? { mutations: half as OutboxEntry[], events: [] }
          : { mutations: [], events: half as StoredEvent[] },
      );
      if (failed) return failed;
    }
    return undefined;
  }
  // A server that refuses even an empty request has another problem than this change.
  const empty = await pushBatch(store, remote, { mutations: [], events: [] });
  if (empty) return empty;
  await refuse(store, batch, cause);
  return undefined;
}

/** Mutations that must travel together: the members of a group, or one alone. */
function unitsOf(mutations: OutboxEntry[]): OutboxEntry[][] {
  const units = new Map<string, OutboxEntry[]>();
  for (const mutation of mutations) {
    const key = mutation.group_id ?? mutation.mutation_id;
    units.set(key, [...(units.get(key) ?? []), mutation]);
  }
  return [...units.values()];
}

/** Nobody but its author can do anything about it: it waits here. What is no longer as it was sent stays as it is. */
async function refuse(store: Store, batch: Batch, cause: Failure): Promise<void> {
  const { db } = store;
  const error = { code: cause.code, message: cause.message };
  const answer = {
    state: 'refused' as const,
    answered_at: store.now().toISOString(),
    result: { status: 'rejected' as const, error },
  };
  await db.transaction('rw', db.outbox, db.events, async () => {
    const entries = await asSent(store, batch.mutations);
    await db.outbox.bulkPut(entries.map((entry) => ({ ...entry, ...answer })));
    await db.events.bulkDelete(batch.events.map((event) => event.seq));
  });
}

/** Of these, as they were sent, those that nobody has discarded and no other tab has had answered since. */
async function asSent({ db }: Store, mutations: OutboxEntry[]): Promise<OutboxEntry[]> {
  const sent = new Map(mutations.map((entry) => [entry.seq, entry.state]));
  return (await entriesOf(db, [...sent.keys()])).filter((entry) => entry.state === sent.get(entry.seq));
}

/**
 * The account was deactivated, and the server has kept this batch for the managers. The rest has to reach it too
 * before the device is wiped, so pushing goes on; the pull that follows says why it stops.
 */
async function handOver(store: Store, batch: Batch, { code, message }: Failure): Promise<undefined> {
  const result = { status: 'rejected' as const, error: { code, message } };
  await storeAnswers(store, batch, new Map(batch.mutations.map((entry) => [entry.seq, result])));
}

async function acknowledge(store: Store, batch: Batch, reply: PushReply): Promise<Failure | undefined> {
  const results = new Map(reply.results.map((result) => [result.mutation_id, result]));
  const answered = batch.mutations.filter((entry) => results.has(entry.mutation_id));
  await storeAnswers(
    store,
    batch,
    new Map(answered.map((entry) => [entry.seq, resultOf(results.get(entry.mutation_id))])),
  );
  if (answered.length === batch.mutations.length) return undefined;
  return {
    ok: false,
    kind: 'server_error',
    code: 'unanswered',
    message: 'The server left a change unanswered.',
  };
}

/** Stores the answers and drops the events, in one transaction. What is no longer as it was sent stays as it is. */
async function storeAnswers(
  store: Store,
  batch: Batch,
  results: Map<number, OutboxEntry['result']>,
): Promise<void> {
  const { db } = store;
  const answered_at = store.now().toISOString();
  await db.transaction('rw', db.outbox, db.events, async () => {
    const answered = batch.mutations.filter(({ seq }) => results.has(seq));
    await db.outbox.bulkPut(
      (await asSent(store, answered)).map((entry) => ({
        ...entry,
        state: entry.state === 'reoffered' ? ('settled' as const) : ('acknowledged' as const),
        answered_at,
        result: results.get(entry.seq),
      })),
    );
    await db.events.bulkDelete(batch.events.map((event) => event.seq));
  });
}

function resultOf(result: PushReply['results'][number] | undefined): OutboxEntry['result'] {
  if (!result) return undefined;
  const { status, version, error } = result;
  return {
    status,
    version: version ?? undefined,
    error: error ? { code: error.code, message: error.message, field: error.field ?? undefined } : undefined,
  };
}
