-- Requests that no device of ours makes: refused as a whole, by a word, before they cost anything.

-- Whether each mutation has the shape that the protocol gives it; what is in it is judged mutation by mutation.
-- Ids in small letters alone: receipts are known again by the text of an id.
create or replace function private.are_mutations(mutations jsonb) returns boolean
language sql immutable set search_path = '' as $$
  select not exists (
    select from jsonb_array_elements(mutations) m
    where not coalesce(
      jsonb_typeof(m) = 'object'
      and jsonb_typeof(m -> 'mutation_id') = 'string'
      and m ->> 'mutation_id' ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'
      and jsonb_typeof(m -> 'id') = 'string'
      and m ->> 'id' ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'
      and jsonb_typeof(m -> 'seq') = 'number'
      and jsonb_typeof(m -> 'entity') = 'string'
      and jsonb_typeof(m -> 'op') = 'string'
      and coalesce(jsonb_typeof(m -> 'patch'), 'null') in ('object', 'null')
      and coalesce(jsonb_typeof(m -> 'base'), 'null') in ('object', 'null')
      and coalesce(jsonb_typeof(m -> 'base_version'), 'null') in ('number', 'null')
      and coalesce(jsonb_typeof(m -> 'group_id'), 'null') in ('string', 'null'),
      false)
  )
$$;

-- Refuses a push that is malformed or too large.
create or replace function private.check_push(request jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if coalesce(jsonb_typeof(request -> 'mutations'), 'array') <> 'array'
    or coalesce(jsonb_typeof(request -> 'events'), 'array') <> 'array'
    or private.to_time(request -> 'sent_at') is null
  then
    perform private.fail(
      'invalid_request', 'A push needs lists of mutations and events, and the time it was sent.', 400);
  end if;
  if jsonb_array_length(coalesce(request -> 'mutations', '[]')) > 500
    or jsonb_array_length(coalesce(request -> 'events', '[]')) > 500
    -- 2 MB, and a tenth for the spaces that Postgres puts in.
    or pg_column_size(request) > 1000000 and octet_length(request::text) > 2306867
  then
    perform private.fail('too_large', 'At most 500 mutations, 500 events and 2 MB in one call.', 413);
  end if;
  -- What is kept has to be read again, on devices too; nesting without an end is more than they can.
  if jsonb_path_exists(request, 'strict $.**{16}') then
    perform private.fail('invalid_request', 'Values are nested too deeply.', 400);
  end if;
  if not private.are_mutations(coalesce(request -> 'mutations', '[]')) then
    perform private.fail('invalid_request', 'A mutation is malformed.', 400);
  end if;
end $$;

-- Where a pull stands: {epoch, pin, base, reset, rank, xid, id}. `pin` is the snapshot all pages are read by, `base`
-- the device's cursor or null for everything, `rank` the entity to go on with, `xid` and `id` the last row sent of
-- it.
create or replace function private.pull_position(request jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  page jsonb;
  base pg_snapshot;
begin
  if request ->> 'page' is not null then
    -- Flat, before it is parsed: nesting without an end would use up the stack.
    if request ->> 'page' !~ '^\{[^][{}]*\}$' then
      perform private.fail('invalid_request', 'The page is not one of this server.', 400);
    end if;
    begin
      page := (request ->> 'page')::jsonb;
      perform (page ->> 'pin')::pg_snapshot, (page ->> 'base')::pg_snapshot, (page ->> 'reset')::boolean,
        (page ->> 'rank')::int, (page ->> 'xid')::xid8, (page ->> 'id')::uuid;
    exception when data_exception then
      page := null;
    end;
    if page ->> 'pin' is null or page ->> 'reset' is null or page ->> 'rank' is null then
      perform private.fail('invalid_request', 'The page is not one of this server.', 400);
    end if;
    if page ->> 'epoch' = private.epoch() then
      return page;
    end if;
  else
    base := private.cursor_snapshot(request ->> 'cursor');
  end if;
  return jsonb_build_object(
    'epoch', private.epoch(), 'pin', pg_current_snapshot(), 'base', base, 'rank', 0,
    'reset', base is null and (request ->> 'cursor' is not null or request ->> 'page' is not null));
end $$;

-- Applies the mutations of an admitted call that were not seen before, and returns all their outcomes by mutation id.
-- Of two with one id only the first is applied: they have one receipt.
create or replace function private.push_mutations(request jsonb, skew interval) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  role text := private.my_role();
  mutations jsonb[] := private.prepare_mutations(coalesce(request -> 'mutations', '[]'), skew);
  known jsonb := private.known_outcomes(array(select (m ->> 'mutation_id')::uuid from unnest(mutations) m));
  fresh jsonb[] := array(
    select f.m from (
      select distinct on (m ->> 'mutation_id') m, place from unnest(mutations) with ordinality u (m, place)
      where not known ? (m ->> 'mutation_id') order by m ->> 'mutation_id', place
    ) f order by f.place);
  outcomes jsonb := '{}'::jsonb;
begin
  if role is null then
    outcomes := private.keep_outbox(fresh, known);
  elsif fresh <> '{}' then
    if role <> 'read_only' then
      perform private.lock_targets(fresh);
    end if;
    outcomes := private.apply_mutations(fresh, known, role);
  end if;
  perform private.keep_receipts(outcomes);
  return known || outcomes;
end $$;

-- Takes in a device's mutations and events, each exactly once, in one transaction. Request: {protocol, client_id,
-- sent_at, mutations: [{mutation_id, seq, group_id?, entity, id, op, base_version, base, patch, occurred_at}],
-- events: [{event_id, seq, action, entity_type, entity_id, occurred_at}]}; a `merge` carries {into, from, choices}.
-- Answer: {server_time, results: [{mutation_id, status, version?, error?}], events_accepted, events_rejected:
-- [{event_id, code}]}, all events being consumed. Runs as the caller: row security decides. Errors: invalid_request,
-- too_large, not_a_member, deactivated (after keeping the outbox), maintenance, client_outdated, client_taken,
-- rate_limited, busy (worth another try at once).
create or replace function api.sync_push(request jsonb) returns jsonb
language plpgsql volatile security invoker
set search_path = '' set timezone = 'UTC' set lock_timeout = '5s' as $$
declare
  refusal jsonb;
  skew interval;
  high_water numeric;
  outcomes jsonb;
  refused_events jsonb;
begin
  perform private.check_envelope(request);
  refusal := private.admit_caller();
  if not coalesce(private.is_maintenance_push(request), false) then
    perform private.refuse_in_maintenance();
  end if;
  perform private.check_protocol(request);
  perform private.check_push(request);
  skew := now() - private.to_time(request -> 'sent_at');
  high_water := private.open_push((request ->> 'client_id')::uuid);
  outcomes := private.push_mutations(request, skew);
  refused_events := private.push_events(request, skew, high_water);
  if refusal is not null then
    return refusal;
  end if;
  return jsonb_build_object(
    'server_time', now(),
    'results', private.as_results(coalesce(request -> 'mutations', '[]'), outcomes),
    'events_accepted', jsonb_array_length(coalesce(request -> 'events', '[]')) - jsonb_array_length(refused_events),
    'events_rejected', refused_events);
exception when deadlock_detected or lock_not_available or serialization_failure or unique_violation then
  perform private.fail('busy', 'The server is busy. Nothing was lost.', 503, 1);
  return null;
when data_exception or program_limit_exceeded then
  perform private.fail('invalid_request', 'A time or a number is beyond what can be kept.', 400);
  return null;
end $$;
