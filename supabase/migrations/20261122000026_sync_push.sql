-- Takes in what a device has done.

-- Whether each mutation has the shape that the protocol gives it; what is in it is judged mutation by mutation.
create function private.are_mutations(mutations jsonb) returns boolean
language sql immutable set search_path = '' as $$
  select not exists (
    select from jsonb_array_elements(mutations) m
    where not coalesce(
      jsonb_typeof(m) = 'object'
      and m ->> 'mutation_id' ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'
      and m ->> 'id' ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'
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
create function private.check_push(request jsonb) returns void
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
  if not private.are_mutations(coalesce(request -> 'mutations', '[]')) then
    perform private.fail('invalid_request', 'A mutation is malformed.', 400);
  end if;
end $$;

-- The mutations of a request in the order of their `seq`, with `patch` and `base` always there, the arguments of a
-- merge in its patch, and in `at` the time of the edit by the server's clock.
create function private.prepare_mutations(mutations jsonb, skew interval) returns jsonb[]
language sql stable set search_path = '' as $$
  select coalesce(array_agg(
    m || jsonb_build_object(
      'patch', coalesce(nullif(m -> 'patch', 'null'), '{}') || case m ->> 'op'
        when 'merge' then jsonb_strip_nulls(jsonb_build_object(
          'into', coalesce(m -> 'into', m #> '{patch,into}', m -> 'id'),
          'from', coalesce(m -> 'from', m #> '{patch,from}'),
          'choices', coalesce(m -> 'choices', m #> '{patch,choices}')))
        else '{}' end,
      'base', coalesce(nullif(m -> 'base', 'null'), '{}'),
      'at', least(coalesce(private.to_time(m -> 'occurred_at') + skew, now()), now()))
    order by (m ->> 'seq')::numeric, place), '{}')
  from jsonb_array_elements(mutations) with ordinality e (m, place)
$$;

-- Keeps the outbox of a member who was deactivated meanwhile, for the managers, and returns the outcomes.
create function private.keep_outbox(mutations jsonb[], known jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  mutation jsonb;
  outcomes jsonb := '{}'::jsonb;
begin
  foreach mutation in array mutations loop
    continue when (known || outcomes) ? (mutation ->> 'mutation_id');
    perform private.keep_refused(mutation, 'rejected', 'deactivated', null);
    outcomes := outcomes || jsonb_build_object(
      mutation ->> 'mutation_id', jsonb_build_object('status', 'rejected', 'code', 'deactivated'));
  end loop;
  return outcomes;
end $$;

-- Applies the mutations of an admitted call that were not seen before, and returns all their outcomes by mutation id.
create function private.push_mutations(request jsonb, skew interval) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  role text := private.my_role();
  mutations jsonb[] := private.prepare_mutations(coalesce(request -> 'mutations', '[]'), skew);
  known jsonb := private.known_outcomes(array(select (m ->> 'mutation_id')::uuid from unnest(mutations) m));
  fresh jsonb[] := array(
    select m from unnest(mutations) with ordinality u (m, place)
    where not known ? (m ->> 'mutation_id') order by place);
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

-- Logs the events of an admitted call and returns those that were refused.
create function private.push_events(request jsonb, skew interval, high_water numeric) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  events jsonb := coalesce(request -> 'events', '[]');
  refused jsonb;
begin
  if events = '[]' then
    return '[]'::jsonb;
  end if;
  refused := private.record_events(events, skew, high_water);
  perform private.close_events((request ->> 'client_id')::uuid, (
    select max((e ->> 'seq')::numeric) from jsonb_array_elements(events) e
    where jsonb_typeof(e -> 'seq') = 'number'));
  return refused;
end $$;

-- Takes in a device's mutations and events, each exactly once, in one transaction. Request: {protocol, client_id,
-- sent_at, mutations: [{mutation_id, seq, group_id?, entity, id, op, base_version, base, patch, occurred_at}],
-- events: [{event_id, seq, action, entity_type, entity_id, occurred_at}]}; a `merge` carries {into, from, choices}.
-- Answer: {server_time, results: [{mutation_id, status, version?, error?}], events_accepted, events_rejected:
-- [{event_id, code}]}, all events being consumed. Runs as the caller: row security decides. Errors: invalid_request,
-- too_large, not_a_member, deactivated (after keeping the outbox), maintenance, client_outdated, client_taken,
-- rate_limited, busy (worth another try at once).
create function api.sync_push(request jsonb) returns jsonb
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
end $$;
