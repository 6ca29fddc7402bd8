-- What a person did that changed no record: views, lists, searches, exports. The device tells, once for each event.

-- Why an event cannot be logged; null where it can.
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

-- Logs the events of a call, each once: known again by its id in the log or, when it is older than the log keeps,
-- by `high_water`, the highest `seq` that the device has had accepted. `skew` is what the device's clock is behind.
-- Returns the events that were refused: [{event_id, code}].
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
      least(coalesce(private.to_time(e -> 'occurred_at') + skew, now()), now()) as at
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
