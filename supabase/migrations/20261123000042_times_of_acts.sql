-- A device dates what it marks (a task done, a conflict resolved) by its own clock, which may be wrong by days.

-- The patch with the time of the act itself by the server's clock, as the log has it. A time further than a minute
-- from the act is another one, that is put back, and stays. These fields follow the rule `latest`, so that no later
-- change of the device has to have seen the time that is kept.
create function private.date_act(mutation jsonb, patch jsonb, at timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select patch || coalesce((
    select jsonb_build_object(f.field, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    from (values ('tasks', 'done_at'), ('conflicts', 'resolved_at')) f (entity, field)
    where f.entity = mutation ->> 'entity'
      and private.to_time(patch -> f.field) between
        private.to_time(mutation -> 'occurred_at') - interval '1 minute'
        and private.to_time(mutation -> 'occurred_at') + interval '1 minute'
  ), '{}')
$$;

revoke execute on function private.date_act(jsonb, jsonb, timestamptz) from public;
grant execute on function private.date_act(jsonb, jsonb, timestamptz) to authenticated;

-- The mutations of a request in the order of their `seq`, with `patch` and `base` always there, the arguments of a
-- merge in its patch, and in `at` the time of the edit by the server's clock.
create or replace function private.prepare_mutations(mutations jsonb, skew interval) returns jsonb[]
language sql stable set search_path = '' as $$
  select coalesce(array_agg(
    m || jsonb_build_object(
      'patch', case
        when m ->> 'op' = 'merge' then patch || jsonb_strip_nulls(jsonb_build_object(
          'into', coalesce(m -> 'into', m #> '{patch,into}', m -> 'id'),
          'from', coalesce(m -> 'from', m #> '{patch,from}'),
          'choices', coalesce(m -> 'choices', m #> '{patch,choices}')))
        when patch ?| array['done_at', 'resolved_at'] then private.date_act(m, patch, at)
        else patch end,
      'base', coalesce(nullif(m -> 'base', 'null'), '{}'),
      'at', at)
    order by (m ->> 'seq')::numeric, place), '{}')
  from jsonb_array_elements(mutations) with ordinality e (m, place)
  cross join lateral (
    select coalesce(nullif(m -> 'patch', 'null'), '{}') as patch,
      least(coalesce(private.to_time(m -> 'occurred_at') + skew, now()), now()) as at
  ) l
$$;
