-- Shows the activity log to managers and admins, and never what is older than 30 days.

-- A page of the log, newest first. Only for `api.activity_log`, which checks the caller.
create function private.read_log(request jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' set timezone = 'UTC' as $$
declare
  most int := greatest(1, least(coalesce((request ->> 'limit')::numeric, 100), 500))::int;
  before_time timestamptz := split_part(request ->> 'before', '|', 1)::timestamptz;
  before_id uuid := split_part(request ->> 'before', '|', 2)::uuid;
  entries jsonb;
begin
  select coalesce(jsonb_agg(to_jsonb(l) order by l."timestamp" desc, l.id desc), '[]') into entries
  from (
    select a.id, a."timestamp", a.occurred_at, a.user_id, a.action, a.entity_type, a.entity_id,
      host(a.ip_address) as ip_address, a.changes
    from public.activity_logs a
    where a."timestamp" >= now() - interval '720 hours'
      and (before_time is null or (a."timestamp", a.id) < (before_time, before_id))
      and (request ->> 'user_id' is null or a.user_id = (request ->> 'user_id')::uuid)
      and (request ->> 'entity_type' is null or a.entity_type = request ->> 'entity_type')
      and (request ->> 'entity_id' is null or a.entity_id = (request ->> 'entity_id')::uuid)
      and (request ->> 'action' is null or a.action = request ->> 'action')
    order by a."timestamp" desc, a.id desc
    limit most
  ) l;
  return jsonb_build_object('entries', entries, 'before', case
    when jsonb_array_length(entries) = most
    then (entries -> -1 ->> 'timestamp') || '|' || (entries -> -1 ->> 'id') end);
end $$;

-- A page of the activity log, for managers and admins, newest first. Request: {before, limit up to 500, user_id?,
-- entity_type?, entity_id?, action?}; answer: {entries: [{id, timestamp, occurred_at, user_id, action, entity_type,
-- entity_id, ip_address, changes}], before}. `before` goes into the request for the next page and is null after the
-- last. Errors: invalid_request, not_a_member, deactivated, forbidden.
create function api.activity_log(request jsonb) returns jsonb
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
  return private.read_log(request);
exception when data_exception then
  perform private.fail('invalid_request', 'A filter is not valid.', 400);
  return null;
end $$;
