-- Two more times that a wrong clock could put wrong: that of a view, if the clock was set before it was sent, and a time
-- that is put back before the server has corrected it.

-- Logs the events of a call, each once: known again by its id in the log or, when it is older than the log keeps,
-- by `high_water`, the highest `seq` that the device has had accepted. `skew` is what the device's clock is behind.
-- Nothing happened later than now, or before `known_at`, the newest time of the server that the device knew.
-- Returns the events that were refused: [{event_id, code}].
create or replace function private.record_events(events jsonb, skew interval, high_water numeric) returns jsonb
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

drop function private.date_act(jsonb, jsonb, timestamptz);

-- The patch with the time of the act itself by the server's clock, as the log has it. A time further than a minute
-- from the act is another one, that is put back, and stays. Only if the device's own clock has told it, which the
-- mutation says in `own_times`, it is corrected like an act of that time. Nothing was done later than now.
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
revoke execute on function private.date_act(jsonb, jsonb, timestamptz, interval) from public;
grant execute on function private.date_act(jsonb, jsonb, timestamptz, interval) to authenticated;

-- The mutations of a request in the order of their `seq`, with `patch` and `base` always there, the arguments of a
-- merge in its patch, and in `at` the time of the edit by the server's clock: not later than now, and not before
-- `known_at`, the newest time of the server that the device knew when it was made, whatever its clock said.
create or replace function private.prepare_mutations(mutations jsonb, skew interval) returns jsonb[]
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
