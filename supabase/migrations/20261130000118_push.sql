-- Push: takes in what people did on a device.

-- Returns why an event cannot be logged, or null if it can. An event is something that a person did without changing
-- a record: a view, a list, a search, an export.
create function private.event_problem(event jsonb) returns text
language sql immutable set search_path = '' as $$
  select case
    when jsonb_typeof(event) is distinct from 'object' or not private.is_uuid(event -> 'event_id')
      or coalesce(event ->> 'entity_type', '') !~ '^[a-z_]{1,60}$'
      or coalesce(jsonb_typeof(event -> 'entity_id'), 'null') <> 'null' and not private.is_uuid(event -> 'entity_id')
      or coalesce(jsonb_typeof(event -> 'seq'), 'null') not in ('number', 'null')
      then 'invalid_value'
    when coalesce(event ->> 'action', '') not in (
      'view', 'list', 'search', 'export', 'import', 'print', 'sign_in', 'sign_out', 'discard'
    ) then 'forbidden'
  end
$$;

-- Logs the events of a call, each once. It recognizes an event by its id in the log, or, if the event is older than
-- the log, by `high_water`, the highest `seq` that the server has accepted from the device. `skew` is how far the
-- clock of the device is behind. Nothing happened later than now, or before `known_at`, the newest server time that the
-- device knew. Returns the refused events: [{event_id, code}].
create function private.record_events(events jsonb, skew interval, high_water numeric) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller uuid := private.uid();
  address inet := private.client_ip();
  refused jsonb;
begin
  select coalesce(jsonb_agg(jsonb_build_object('event_id', e -> 'event_id', 'code', private.event_problem(e))), '[]')
  into refused
  from jsonb_array_elements(events) e where private.event_problem(e) is not null;

  insert into public.activity_logs (id, occurred_at, user_id, action, entity_type, entity_id, ip_address)
  select distinct on (v.id) v.id, v.at, caller, v.event ->> 'action', v.event ->> 'entity_type',
    (v.event ->> 'entity_id')::uuid, address
  from (
    select (e ->> 'event_id')::uuid as id, e as event,
      least(
        greatest(coalesce(private.to_time(e -> 'occurred_at') + skew, now()), private.to_time(e -> 'known_at')),
        now()) as at
    from jsonb_array_elements(events) e where private.event_problem(e) is null
  ) v
  where not (v.at < now() - interval '720 hours' and (v.event ->> 'seq')::numeric <= high_water)
  order by v.id
  on conflict (id) do nothing;

  -- An id that stands for something else in the log is not this event.
  return refused || coalesce((
    select jsonb_agg(jsonb_build_object('event_id', e -> 'event_id', 'code', 'duplicate'))
    from jsonb_array_elements(events) e
    join public.activity_logs l on l.id = (e ->> 'event_id')::uuid
    where private.event_problem(e) is null and (l.user_id is distinct from caller or l.action <> e ->> 'action')
  ), '[]');
end $$;

-- Says whether each mutation has the shape that the protocol prescribes. Its content is judged later, one mutation at
-- a time. Ids have lowercase letters only, because receipts are found by the text of an id.
create function private.are_mutations(mutations jsonb) returns boolean
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
create function private.check_push(request jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if coalesce(jsonb_typeof(request -> 'mutations'), 'array') <> 'array'
    or coalesce(jsonb_typeof(request -> 'events'), 'array') <> 'array'
    or private.to_time(request -> 'sent_at') is null
  then
    perform private.fail(
      'invalid_request', 'Send lists of mutations and events, and the time of sending.', 400);
  end if;
  if jsonb_array_length(coalesce(request -> 'mutations', '[]')) > 500
    or jsonb_array_length(coalesce(request -> 'events', '[]')) > 500
    -- The limit is 2 MB and a tenth for the spaces that Postgres adds.
    or pg_column_size(request) > 1000000 and octet_length(request::text) > 2306867
  then
    perform private.fail('too_large', 'Send at most 500 mutations, 500 events and 2 MB in one request.', 413);
  end if;
  -- Devices have to read what is kept, and cannot read values that are nested without limit.
  if jsonb_path_exists(request, 'strict $.**{16}') then
    perform private.fail('invalid_request', 'A value is nested too deeply.', 400);
  end if;
  -- The sets in a patch, its base and the choices of a merge are compared entry by entry.
  if jsonb_path_exists(request, 'strict $.** ? (@.type() == "array" && @.size() > 1000)') then
    perform private.fail('invalid_request', 'A list has more than 1,000 entries.', 400);
  end if;
  if not private.are_mutations(coalesce(request -> 'mutations', '[]')) then
    perform private.fail('invalid_request', 'A mutation is malformed.', 400);
  end if;
end $$;

-- Returns the patch with the time of the act by the server's clock, as the log has it. A time that is more than a
-- minute away from the act is a different one that is restored, and stays. If the mutation names the field in
-- `own_times`, the device's own clock has told that time, and it is corrected like an act of that time. Nothing was done
-- later than now.
create function private.date_act(mutation jsonb, patch jsonb, at timestamptz, skew interval) returns jsonb
language sql stable set search_path = '' as $$
  select patch || coalesce((
    select jsonb_object_agg(
      d.field, to_char(d.corrected at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    from (
      select f.field, case
        when abs(extract(epoch from v.stated - v.acted)) <= 60 then at
        when not coalesce(v.stated between '1900-01-01Z' and '2200-01-01Z', false) then null
        when mutation -> 'own_times' ? f.field
          then least(greatest(v.stated + skew, private.to_time(mutation -> 'known_at')), at)
        when v.stated > now() then least(v.stated + (at - v.acted), at)
      end as corrected
      from (values
        ('tasks', 'done_at'), ('conflicts', 'resolved_at'), ('deals', 'closed_at'), ('deals', 'archived_at'),
        ('import_batches', 'undone_at'), ('maintenance_windows', 'cancelled_at'), ('maintenance_windows', 'closed_at')
      ) f (entity, field)
      cross join lateral (
        select private.to_time(patch -> f.field) as stated, private.to_time(mutation -> 'occurred_at') as acted
      ) v
      where f.entity = mutation ->> 'entity'
    ) d
    where d.corrected is not null
  ), '{}')
$$;

-- Returns the mutations of a request in the order of their `seq`. Each has `patch` and `base`, the arguments of a
-- merge are in its patch, and `at` is the time of the edit by the server's clock. That time is not later than now. It
-- is not earlier than `known_at` either, the newest server time that the device knew at the edit, whatever its clock
-- said.
create function private.prepare_mutations(mutations jsonb, skew interval) returns jsonb[]
language sql stable set search_path = '' as $$
  select coalesce(array_agg(
    m || jsonb_build_object(
      'patch', case
        when m ->> 'op' = 'merge' then patch || jsonb_strip_nulls(jsonb_build_object(
          'into', coalesce(m -> 'into', m #> '{patch,into}', m -> 'id'),
          'from', coalesce(m -> 'from', m #> '{patch,from}'),
          'choices', coalesce(m -> 'choices', m #> '{patch,choices}')))
        when patch ?| array['done_at', 'resolved_at', 'closed_at', 'archived_at', 'undone_at', 'cancelled_at']
          then private.date_act(m, patch, at, skew)
        else patch end,
      'base', coalesce(nullif(m -> 'base', 'null'), '{}'),
      'at', at)
    order by (m ->> 'seq')::numeric, place), '{}')
  from jsonb_array_elements(mutations) with ordinality e (m, place)
  cross join lateral (
    select coalesce(nullif(m -> 'patch', 'null'), '{}') as patch,
      least(
        greatest(coalesce(private.to_time(m -> 'occurred_at') + skew, now()), private.to_time(m -> 'known_at')),
        now()) as at
  ) l
$$;

-- Applies the mutations of an admitted call that did not come before, and returns the outcomes of all by mutation id.
-- If two have the same id, only the first is applied, because they share a receipt.
create function private.push_mutations(request jsonb, skew interval) returns jsonb
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

-- Logs the events of an admitted call and returns the refused ones.
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
-- sent_at, mutations: [{mutation_id, seq, group_id?, entity, id, op, base_version, base, patch, occurred_at,
-- known_at?}], events: [{event_id, seq, action, entity_type, entity_id, occurred_at}]}; a `merge` has {into, from,
-- choices}. Answer: {server_time, results: [{mutation_id, status, version?, error?}], events_accepted,
-- events_rejected: [{event_id, code}]}; the device may forget all events. It runs with the rights of the caller, so
-- that row security decides. Errors: invalid_request, too_large, not_a_member, deactivated (after keeping the
-- outbox), maintenance, client_outdated, client_taken, rate_limited, busy (the device may try again at once).
-- PostgREST sets `statement_timeout` for the transaction before it calls the function, in place of the limit of the role
-- (8 seconds on a hosted project). It is shorter than the 30 seconds after which a device gives up. `lock_timeout` is
-- short, because each push that waits for a locked record occupies one of the few connections that all calls share.
create function api.sync_push(request jsonb) returns jsonb
language plpgsql volatile security invoker
set search_path = '' set timezone = 'UTC' set lock_timeout = '1s' set statement_timeout = '20s' as $$
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
  perform private.fail('busy', 'The server is busy. No change is lost. Try again.', 429, 1);
  return null;
when data_exception or program_limit_exceeded then
  perform private.fail('invalid_request', 'A time or a number is outside the range that the server can store.', 400);
  return null;
end $$;
