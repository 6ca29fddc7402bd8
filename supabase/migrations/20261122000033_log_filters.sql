-- The log by time and by address, in the order of the acts, and what is known of its retention.

-- A page of the log, newest first; what one call brought in, in the order it was done. Only for `api.activity_log`,
-- which checks the caller.
create or replace function private.read_log(request jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' set timezone = 'UTC' as $$
declare
  most int := greatest(1, least(coalesce((request ->> 'limit')::numeric, 100), 500))::int;
  before_time timestamptz := split_part(request ->> 'before', '|', 1)::timestamptz;
  before_id uuid := split_part(request ->> 'before', '|', 2)::uuid;
  before_act timestamptz := nullif(split_part(request ->> 'before', '|', 3), '')::timestamptz;
  since timestamptz := (request ->> 'since')::timestamptz;
  until timestamptz := (request ->> 'until')::timestamptz;
  network inet := (request ->> 'ip')::inet;
  entries jsonb;
begin
  select coalesce(jsonb_agg(to_jsonb(l) order by l."timestamp" desc, l.occurred_at desc, l.id desc), '[]')
  into entries
  from (
    select a.id, a."timestamp", a.occurred_at, a.user_id, a.action, a.entity_type, a.entity_id,
      host(a.ip_address) as ip_address, a.changes
    from public.activity_logs a
    -- Nothing is recorded before it is done: the first bound serves the index, the second is the one asked for.
    where a."timestamp" >= greatest(now() - interval '720 hours', since)
      and (since is null or a.occurred_at >= since)
      and (until is null or a.occurred_at < until)
      and (before_time is null or (a."timestamp", a.occurred_at, a.id) < (before_time, before_act, before_id))
      and (network is null or a.ip_address <<= network)
      and (request ->> 'user_id' is null or a.user_id = (request ->> 'user_id')::uuid)
      and (request ->> 'entity_type' is null or a.entity_type = request ->> 'entity_type')
      and (request ->> 'entity_id' is null or a.entity_id = (request ->> 'entity_id')::uuid)
      and (request ->> 'action' is null or a.action = request ->> 'action')
    order by a."timestamp" desc, a.occurred_at desc, a.id desc
    limit most
  ) l;
  return jsonb_build_object('entries', entries, 'before', case
    when jsonb_array_length(entries) = most
    then concat_ws('|', entries -> -1 ->> 'timestamp', entries -> -1 ->> 'id', entries -> -1 ->> 'occurred_at') end);
end $$;

-- How long the log keeps an entry, and when retention last ran: {kept_hours, last_run}.
create function private.log_retention() returns jsonb
language sql stable security definer set search_path = '' set timezone = 'UTC' as $$
  select jsonb_build_object('kept_hours', 720, 'last_run', max(r.ran_at)) from private.retention_runs r
$$;
revoke execute on function private.log_retention() from public;
grant execute on function private.log_retention() to authenticated;

-- A page of the activity log, for managers and admins, newest first. Request: {before, limit up to 500, user_id?,
-- entity_type?, entity_id?, action?, since?, until?, ip?}; `since` (inclusive) and `until` (exclusive) are times of
-- the act, `ip` an address or a network. Answer: {entries: [{id, timestamp, occurred_at, user_id, action, entity_type,
-- entity_id, ip_address, changes}], before, retention: {kept_hours, last_run}}. `before` goes into the request for the
-- next page and is null after the last. Errors: invalid_request, not_a_member, deactivated, forbidden.
create or replace function api.activity_log(request jsonb) returns jsonb
language plpgsql stable security invoker set search_path = '' set timezone = 'UTC' as $$
declare
  refusal jsonb := private.admit_caller();
begin
  if refusal is not null then
    return refusal;
  end if;
  if not private.is_manager() then
    perform private.fail('forbidden', 'The activity log is for managers and admins.', 403);
  end if;
  if jsonb_typeof(request) is distinct from 'object' then
    perform private.fail('invalid_request', 'A request is an object.', 400);
  end if;
  return private.read_log(request) || jsonb_build_object('retention', private.log_retention());
exception when data_exception then
  perform private.fail('invalid_request', 'A filter is not valid.', 400);
  return null;
end $$;
