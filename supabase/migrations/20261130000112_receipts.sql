-- The server keeps its answer to each mutation, and every change that it could not apply.

-- The answers to mutations. Each mutation is applied once: its answer is kept for 90 days and given again if the
-- mutation comes again. A receipt has ids, words and numbers, and never data.
create table private.receipts (
  user_id uuid not null,
  mutation_id uuid not null,
  status text not null,
  version bigint,
  code text,
  field text,
  received_at timestamptz not null default now(),
  primary key (user_id, mutation_id),

  -- A status is one of the words that the protocol has.
  constraint receipts_status_check check (status in ('applied', 'merged', 'conflict', 'rejected', 'blocked'))
);
-- Retention deletes receipts by their age.
create index receipts_received_at_idx on private.receipts (received_at);

-- Returns how long a receipt is kept. If a mutation is older than that and has no receipt, its author has to confirm
-- it.
create function private.receipt_lifetime() returns interval
language sql immutable set search_path = '' as $$ select interval '2160 hours' $$;

-- Returns the outcomes of those of the caller's mutations that came before: {mutation_id: {status, version?, code?,
-- field?}}.
create function private.known_outcomes(mutation_ids uuid[]) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_object_agg(r.mutation_id, jsonb_strip_nulls(jsonb_build_object(
    'status', r.status, 'version', r.version, 'code', r.code, 'field', r.field))), '{}')
  from private.receipts r
  where r.user_id = private.uid() and r.mutation_id = any(mutation_ids)
$$;

-- Stores the outcomes of mutations that did not come before.
create function private.keep_receipts(outcomes jsonb) returns void
language sql volatile security definer set search_path = '' as $$
  insert into private.receipts (user_id, mutation_id, status, version, code, field)
  select private.uid(), o.key::uuid, o.value ->> 'status', (o.value ->> 'version')::bigint,
    o.value ->> 'code', o.value ->> 'field'
  from jsonb_each(outcomes) o
$$;

-- Returns the sentence for the code of a refused mutation.
create function private.refusal_message(code text) returns text
language sql immutable set search_path = '' as $$
  select case code
    when 'read_only' then 'Read-only members can''t change records.'
    when 'forbidden' then 'You don''t have permission to make this change.'
    when 'last_admin' then 'The team needs at least one admin.'
    when 'invalid_value' then 'A required value is missing, or a value isn''t valid.'
    when 'invalid_reference' then 'This change refers to a record that doesn''t exist.'
    when 'duplicate' then 'This record already exists.'
    when 'not_found' then 'This record doesn''t exist.'
    when 'blocked' then 'This change depends on another change that was rejected.'
    when 'group_failed' then 'Another part of this change was rejected.'
    when 'stale' then 'This change is over 90 days old. Apply it only if it''s still correct.'
    when 'deactivated' then 'The account was deactivated before this change arrived.'
    else 'This change was rejected.'
  end
$$;

-- Returns a refusal as it goes to the device and into `conflicts`: {code, message, field?}. It is null without a
-- code. The message says what is wrong with a date or a currency, because the field alone does not.
create function private.refusal(code text, field text) returns jsonb
language sql immutable set search_path = '' as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'code', refusal.code,
    'message', case
      when refusal.code = 'invalid_value' and refusal.field ~ '_(on|at)$'
        then 'This date isn''t valid. Use a year from 1900 to 2199.'
      when refusal.code = 'invalid_value' and refusal.field = 'currency'
        then 'This is not a currency code. Use three letters, like USD or EUR.'
      else private.refusal_message(refusal.code) end,
    'field', refusal.field))
  where refusal.code is not null
$$;

-- Returns the `results` of the answer in the order of the request: [{mutation_id, status, version?, error?}].
create function private.as_results(mutations jsonb, outcomes jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  select coalesce(jsonb_agg(
    jsonb_build_object('mutation_id', m -> 'mutation_id') || (o - array['code', 'field']) || case when o ? 'code'
      then jsonb_build_object('error', private.refusal(o ->> 'code', o ->> 'field')) else '{}' end
    order by place), '[]')
  from jsonb_array_elements(mutations) with ordinality e (m, place)
  cross join lateral (select outcomes -> (m ->> 'mutation_id') as o) x
$$;

-- Returns the id of the conflict about one field, or the whole, of a mutation. It is always the same: after a restore
-- from a backup, devices send again what they sent before, decisions about conflicts too, and each decision finds its
-- conflict. Nobody else can guess the id.
create function private.conflict_id(mutation jsonb, kind text, field text) returns uuid
language sql stable set search_path = '' as $$
  -- This makes a UUID of version 8 from the digest.
  select overlay(overlay(md5(concat_ws(
    '/', private.uid(), (mutation ->> 'mutation_id')::uuid, mutation ->> 'entity', (mutation ->> 'id')::uuid,
    conflict_id.kind, conflict_id.field)) placing '8' from 13) placing '8' from 17)::uuid
$$;

-- Keeps a value or a whole change that was not applied. Open questions about one field of one record fold together,
-- with the oldest base and the newest value. Changes of one deleted record fold together too. `error` is set for a
-- refused change, and its `op` is the operation. A mutation whose receipt is gone may ask what was decided before:
-- that is a new question.
create function private.keep_conflict(
  mutation jsonb,
  kind text,
  field text default null,
  base jsonb default null,
  mine jsonb default null,
  theirs jsonb default null,
  theirs_by uuid default null,
  theirs_at timestamptz default null,
  patch jsonb default null,
  error jsonb default null
) returns void
language sql volatile security definer set search_path = '' as $$
  insert into public.conflicts as c (
    id, mutation_id, entity, record_id, kind, field, base, mine, theirs, theirs_by, theirs_at, patch, error, author_id
  )
  select
    case when exists (select from public.conflicts k where k.id = i.id) then gen_random_uuid() else i.id end,
    (mutation ->> 'mutation_id')::uuid, left(mutation ->> 'entity', 100),
    (mutation ->> 'id')::uuid, keep_conflict.kind, keep_conflict.field, keep_conflict.base, keep_conflict.mine,
    keep_conflict.theirs, keep_conflict.theirs_by, keep_conflict.theirs_at, keep_conflict.patch,
    keep_conflict.error, private.uid()
  from (select private.conflict_id(mutation, keep_conflict.kind, keep_conflict.field) as id) i
  on conflict (author_id, record_id, entity, kind, coalesce(field, ''))
    where resolved_at is null and kind in ('field', 'deleted')
  do update set
    mutation_id = excluded.mutation_id,
    base = case c.kind when 'field' then c.base else coalesce(excluded.base, '{}') || coalesce(c.base, '{}') end,
    mine = excluded.mine,
    theirs = excluded.theirs,
    theirs_by = excluded.theirs_by,
    theirs_at = excluded.theirs_at,
    patch = coalesce(c.patch, '{}') || coalesce(excluded.patch, '{}')
$$;

-- Keeps each clash of a merge as a conflict about its field, and says who changed the field and when. The person who
-- changed the record last may not have changed this field: if the log does not say, only a record that nobody has
-- changed since it was made tells. The fields that are decided together with a deal's stage go into the patch of its
-- question.
create function private.keep_clashes(mutation jsonb, clashes jsonb, current jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  clash jsonb;
  change jsonb;
begin
  for clash in select c from jsonb_array_elements(clashes) c loop
    change := coalesce(
      private.last_change((current ->> 'id')::uuid, case
        when clash ->> 'field' = 'stage' and clash -> 'base' = clash -> 'theirs' then 'lost_reason'
        else clash ->> 'field' end),
      case current ->> 'version'
        when '1' then jsonb_build_object('by', current -> 'updated_by', 'at', current -> 'updated_at') end);
    perform private.keep_conflict(
      mutation, 'field', clash ->> 'field', clash -> 'base', clash -> 'mine', clash -> 'theirs',
      (change ->> 'by')::uuid, (change ->> 'at')::timestamptz,
      jsonb_build_object(clash ->> 'field', clash -> 'mine') || case
        when clash ->> 'field' = 'stage' then coalesce((
          select jsonb_object_agg(p.key, p.value) from jsonb_each(mutation -> 'patch') p
          where p.key in ('position', 'closed_at', 'lost_reason')), '{}')
        else '{}' end);
  end loop;
end $$;

-- Keeps a change of a record that somebody deleted, so that it can be applied if the record is restored. If the
-- change is a merge, the conflict says so.
create function private.keep_deleted(mutation jsonb, current jsonb) returns void
language sql volatile set search_path = '' as $$
  select private.keep_conflict(
    mutation, 'deleted', null, mutation -> 'base', mutation -> 'patch',
    jsonb_strip_nulls(jsonb_build_object(
      'deleted_at', current -> 'deleted_at', 'merged_into', current -> 'merged_into')),
    (current ->> 'updated_by')::uuid, (current ->> 'deleted_at')::timestamptz, mutation -> 'patch',
    case when mutation ->> 'op' = 'merge' then '{"op": "merge"}'::jsonb end)
$$;

-- Keeps a whole change that was refused or is too old.
create function private.keep_refused(mutation jsonb, kind text, code text, field text) returns void
language sql volatile set search_path = '' as $$
  select private.keep_conflict(
    mutation, kind, null, mutation -> 'base', null, null, null, null, mutation -> 'patch',
    private.refusal(code, field) || jsonb_build_object('op', mutation -> 'op'))
$$;

-- Adds the reason why a deal was lost to the author's open question about its stage, if there is one and the deal is
-- not lost. Returns whether it did.
create function private.keep_reason(mutation jsonb, current jsonb) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
  question jsonb;
begin
  if mutation ->> 'entity' <> 'deals' or mutation -> 'patch' ? 'stage' or not mutation -> 'patch' ? 'lost_reason'
    or current ->> 'stage' = 'closed_lost'
  then
    return false;
  end if;
  select jsonb_build_object('field', 'stage', 'base', c.base, 'mine', c.mine, 'theirs', current -> 'stage')
  into question
  from public.conflicts c
  where c.author_id = private.uid() and c.record_id = (mutation ->> 'id')::uuid and c.entity = 'deals'
    and c.field = 'stage' and c.mine = '"closed_lost"' and c.resolved_at is null;
  if question is null then
    return false;
  end if;
  perform private.keep_clashes(mutation, jsonb_build_array(question), current);
  return true;
end $$;

-- Says whether the caller's insert of one of these records was not accepted, so that what depends on it is blocked.
create function private.is_refused_insert(ids uuid[]) returns boolean
language sql stable set search_path = '' as $$
  select exists (
    select from public.conflicts c
    where c.author_id = private.uid() and c.record_id = any(ids)
      and c.kind in ('rejected', 'blocked', 'stale') and c.error ->> 'op' = 'insert'
  )
$$;

-- Returns how many changes of the caller, who left the team, a manager still has to decide.
create function private.waiting_of_leaver() returns bigint
language sql stable security definer set search_path = '' as $$
  select count(*) from public.conflicts c
  where c.author_id = private.uid() and c.resolved_at is null and c.error ->> 'code' = 'deactivated'
$$;

-- Keeps the outbox of a member who was deactivated, for the managers, and returns the outcomes. If 5,000 changes are
-- waiting for them, the next ones stay on the device until some are decided.
create function private.keep_outbox(mutations jsonb[], known jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  mutation jsonb;
  outcomes jsonb := '{}'::jsonb;
begin
  if mutations <> '{}' and private.waiting_of_leaver() + cardinality(mutations) > 5000 then
    perform private.fail('rate_limited',
      'Too many of your changes are waiting for a manager. The rest stay on this device.', 429, 3600);
  end if;
  foreach mutation in array mutations loop
    continue when (known || outcomes) ? (mutation ->> 'mutation_id');
    perform private.keep_refused(mutation, 'rejected', 'deactivated', null);
    outcomes := outcomes || jsonb_build_object(
      mutation ->> 'mutation_id', jsonb_build_object('status', 'rejected', 'code', 'deactivated'));
  end loop;
  return outcomes;
end $$;
