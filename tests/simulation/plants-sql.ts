import type { Database } from '../db/database';

/**
 * Rewrites a function of the database.
 *
 * @throws if the text to replace is missing, so that no planted bug becomes ineffective
 */
async function rewrite(db: Database, name: string, ...edits: [string, string][]): Promise<void> {
  const [found] = await db.query<{ source: string }>('select pg_get_functiondef($1::regproc) as source', [
    name,
  ]);
  let source = found?.source ?? '';
  for (const [from, to] of edits) {
    if (!source.includes(from)) throw new Error(`${name} does not contain: ${from}`);
    source = source.replace(from, to);
  }
  await db.query(source);
}

/** The delta has the changes after the last pull, by the clock. */
export async function cursorByUpdatedAt(db: Database): Promise<void> {
  await rewrite(db, 'private.pull_position', [
    "'epoch', private.epoch(), 'snapshot'",
    "'now', now(), 'since', split_part(request ->> 'cursor', '/', 3), 'epoch', private.epoch(), 'snapshot'",
  ]);
  await rewrite(db, 'private.pull_rows', [
    'execute format(',
    "if place ->> 'base' is not null then condition := format('t.updated_at > %L::timestamptz', place ->> 'since') || case when place ->> 'id' is null then '' else ' and (t.xid, t.id) > ($4, $5)' end; end if; execute format(",
  ]);
  await rewrite(db, 'api.sync_pull', [
    "(place ->> 'snapshot') end",
    "(place ->> 'snapshot') || '/' || (place ->> 'now') end",
  ]);
}

/** Applies a mutation again that was answered before. */
export async function noReceiptCheck(db: Database): Promise<void> {
  await db.query(
    `create or replace function private.known_outcomes(mutation_ids uuid[]) returns jsonb
     language sql stable security definer set search_path = '' as $$ select '{}'::jsonb $$`,
  );
  await db.query(
    `create function private.renew_receipt() returns trigger language plpgsql as $$
     begin
       delete from private.receipts where user_id = new.user_id and mutation_id = new.mutation_id;
       return new;
     end $$`,
  );
  await db.query(
    `create trigger renew_receipt before insert on private.receipts
     for each row execute function private.renew_receipt()`,
  );
}

/** The last to arrive wins, whatever it had seen. */
export async function lastWriteWins(db: Database): Promise<void> {
  await db.query(`update private.fields set rule = 'latest' where rule = 'three_way'`);
}

/** Answers refused changes and forgets them. */
export async function refusalsAreDropped(db: Database): Promise<void> {
  await db.query(
    `create or replace function private.keep_refused(mutation jsonb, kind text, code text, field text) returns void
     language sql volatile set search_path = '' as $$ select $$`,
  );
}

/** Logs repeated events again. */
export async function eventsWithoutIdentity(db: Database): Promise<void> {
  await rewrite(db, 'private.record_events', [
    'select distinct on (v.id) v.id,',
    'select distinct on (v.id) gen_random_uuid(),',
  ]);
}

/** The server accepts an email address without a label, which no device can read. */
export async function acceptsUnreadable(db: Database): Promise<void> {
  await rewrite(db, 'private.is_labelled_set', [
    "coalesce(jsonb_typeof(entry -> 'label'), 'missing')",
    "coalesce(jsonb_typeof(entry -> 'label'), 'null')",
  ]);
}

/** A group whose change is refused keeps the changes applied before it. */
export async function groupsInPieces(db: Database): Promise<void> {
  await rewrite(db, 'private.apply_mutations', [
    "m -> 'group_id' = mutation -> 'group_id'",
    "m -> 'mutation_id' = mutation -> 'mutation_id'",
  ]);
}
