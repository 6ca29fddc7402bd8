import type { Failure } from '$lib/remote/reply';
import type { PushReply } from '$lib/remote/wire';
import { writeMeta } from '$lib/store/meta';
import { entriesOf } from '$lib/store/outbox';
import type { OutboxEntry } from '$lib/store/tables';
import type { Store } from '$lib/store/store';
import type { Batch } from './batch';
import { asServerTime } from './server-time';

/** Marks changes as refused: only their author can fix them. Entries that have changed since they were sent stay as they are. */
export async function refuse(store: Store, batch: Batch, cause: Failure): Promise<void> {
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

/** The entries that nobody has discarded, and no other tab has got an answer for, since they were sent. */
async function asSent({ db }: Store, mutations: OutboxEntry[]): Promise<OutboxEntry[]> {
  const sent = new Map(mutations.map((entry) => [entry.seq, entry.state]));
  return (await entriesOf(db, [...sent.keys()])).filter((entry) => entry.state === sent.get(entry.seq));
}

/**
 * The account was deactivated, and the server has kept this batch for the managers. The rest has to reach the server too
 * before the device is wiped, so the push continues. The pull that follows returns the failure.
 */
export async function handOver(store: Store, batch: Batch, { code, message }: Failure): Promise<undefined> {
  const result = { status: 'rejected' as const, error: { code, message } };
  await storeAnswers(store, batch, new Map(batch.mutations.map((entry) => [entry.seq, result])));
}

export async function acknowledge(
  store: Store,
  batch: Batch,
  reply: PushReply,
): Promise<Failure | undefined> {
  const results = new Map(reply.results.map((result) => [result.mutation_id, result]));
  const answered = batch.mutations.filter((entry) => results.has(entry.mutation_id));
  await storeAnswers(
    store,
    batch,
    new Map(answered.map((entry) => [entry.seq, resultOf(results.get(entry.mutation_id))])),
    asServerTime(reply.server_time),
  );
  if (answered.length === batch.mutations.length) return undefined;
  return {
    ok: false,
    kind: 'server_error',
    code: 'unanswered',
    message: 'The server left a change unanswered.',
  };
}

/** Stores the answers and drops the events, in one transaction. Entries that have changed since they were sent stay. */
async function storeAnswers(
  store: Store,
  batch: Batch,
  results: Map<number, OutboxEntry['result']>,
  serverTime?: string,
): Promise<void> {
  const { db } = store;
  // By the server's clock: this one may jump, and what was answered is kept for a time.
  const answered_at = serverTime ?? store.now().toISOString();
  await db.transaction('rw', db.outbox, db.events, db.meta, async () => {
    if (serverTime) await writeMeta(db, 'server_time', serverTime);
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
