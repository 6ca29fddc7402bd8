-- Each mutation is applied once: what was answered is kept for 90 days and answered again.

-- Ids, words and numbers only, never data.
create table private.receipts (
  user_id uuid not null,
  mutation_id uuid not null,
  status text not null check (status in ('applied', 'merged', 'conflict', 'rejected', 'blocked')),
  version bigint,
  code text,
  field text,
  received_at timestamptz not null default now(),
  primary key (user_id, mutation_id)
);
create index receipts_received_at_idx on private.receipts (received_at);

-- How long a receipt is kept, and so how old a mutation without one may be before it needs its author's word.
create function private.receipt_lifetime() returns interval
language sql immutable set search_path = '' as $$ select interval '2160 hours' $$;

-- The outcomes of the caller's mutations that were seen before: {mutation_id: {status, version?, code?, field?}}.
create function private.known_outcomes(mutation_ids uuid[]) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_object_agg(r.mutation_id, jsonb_strip_nulls(jsonb_build_object(
    'status', r.status, 'version', r.version, 'code', r.code, 'field', r.field))), '{}')
  from private.receipts r
  where r.user_id = private.uid() and r.mutation_id = any(mutation_ids)
$$;

-- Keeps the outcomes of mutations that were not seen before.
create function private.keep_receipts(outcomes jsonb) returns void
language sql volatile security definer set search_path = '' as $$
  insert into private.receipts (user_id, mutation_id, status, version, code, field)
  select private.uid(), o.key::uuid, o.value ->> 'status', (o.value ->> 'version')::bigint,
    o.value ->> 'code', o.value ->> 'field'
  from jsonb_each(outcomes) o
$$;

-- The sentence that goes with the code of a refused mutation.
create function private.refusal_message(code text) returns text
language sql immutable set search_path = '' as $$
  select case code
    when 'read_only' then 'Read-only members cannot change records.'
    when 'forbidden' then 'You are not allowed to make this change.'
    when 'last_admin' then 'The last admin must stay.'
    when 'invalid_value' then 'A value is missing or not valid.'
    when 'invalid_reference' then 'It refers to a record that does not exist.'
    when 'duplicate' then 'This record exists already.'
    when 'not_found' then 'This record does not exist.'
    when 'blocked' then 'It depends on a change that was refused.'
    when 'group_failed' then 'Another change that belongs to it was refused.'
    when 'stale' then 'It was made so long ago that it needs your confirmation.'
    when 'deactivated' then 'The account was deactivated before this change arrived.'
    else 'This change was refused.'
  end
$$;

-- A refusal as it goes over the wire and into `conflicts`: {code, message, field?}; null without a code.
create function private.refusal(code text, field text) returns jsonb
language sql immutable set search_path = '' as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'code', refusal.code, 'message', private.refusal_message(refusal.code), 'field', refusal.field))
  where refusal.code is not null
$$;

-- The answer's `results` in the order of the request: [{mutation_id, status, version?, error?}].
create function private.as_results(mutations jsonb, outcomes jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  select coalesce(jsonb_agg(
    jsonb_build_object('mutation_id', m -> 'mutation_id') || (o - array['code', 'field']) || case when o ? 'code'
      then jsonb_build_object('error', private.refusal(o ->> 'code', o ->> 'field')) else '{}' end
    order by place), '[]')
  from jsonb_array_elements(mutations) with ordinality e (m, place)
  cross join lateral (select outcomes -> (m ->> 'mutation_id') as o) x
$$;
