-- What becomes of marks that two people set, of a deal's closing, and of the time at which somebody did something.

-- mark: a time at which something was done. If two people did it, the earlier time stays; clearing it needs no more
-- than having seen it set, because the server corrects the time itself.
alter table private.fields drop constraint fields_rule_check;
alter table private.fields add constraint fields_rule_check
  check (rule in ('three_way', 'set', 'keyed_set', 'latest', 'mark'));
update private.fields set rule = 'mark'
where (entity, field) in (
  ('deals', 'closed_at'), ('deals', 'archived_at'), ('import_batches', 'undone_at'),
  ('maintenance_windows', 'cancelled_at'), ('maintenance_windows', 'closed_at'));

-- Merges a mark that both sides changed: the value, or null if the author has to decide. `base` is null if nobody
-- knows what the author saw.
create function private.merge_mark(base jsonb, mine jsonb, theirs jsonb) returns jsonb
language sql stable set search_path = '' as $$
  select case
    when base = 'null' and mine <> 'null' and theirs <> 'null' then
      case when (mine #>> '{}')::timestamptz < (theirs #>> '{}')::timestamptz then mine else theirs end
    when base <> 'null' and mine = 'null' then mine
  end
$$;

-- Decides a deal's stage together with its closing date and the reason it was lost: all of them as the author wrote
-- them, or all as they are, with one question, about the stage. `merge` is what the fields came to one by one. Two
-- people who closed the deal with the same result did the same thing, and the earlier date stays.
create function private.decide_stage(base jsonb, mine jsonb, theirs jsonb, merge jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  sets jsonb := merge -> 'sets';
  clashes jsonb := merge -> 'clashes';
  clears_reason boolean := mine ->> 'stage' <> 'closed_lost' and theirs ->> 'lost_reason' is not null;
begin
  if mine -> 'stage' = theirs -> 'stage' then
    if base -> 'stage' is distinct from theirs -> 'stage'
      and mine ->> 'closed_at' is not null and theirs ->> 'closed_at' is not null
    then
      clashes := jsonb_path_query_array(clashes, '$[*] ? (@.field != "closed_at")');
      sets := sets - 'closed_at' || case
        when (mine ->> 'closed_at')::timestamptz < (theirs ->> 'closed_at')::timestamptz
        then jsonb_build_object('closed_at', mine -> 'closed_at') else '{}' end;
    end if;
  elsif jsonb_path_exists(clashes, '$[*] ? (@.field == "stage" || @.field == "lost_reason")')
    -- A reason that the author has not seen would be lost.
    or (clears_reason and not mine ? 'lost_reason' and base -> 'lost_reason' is distinct from theirs -> 'lost_reason')
  then
    sets := sets - '{stage, closed_at, lost_reason, position}'::text[];
    clashes := jsonb_path_query_array(
        clashes, '$[*] ? (@.field != "stage" && @.field != "closed_at" && @.field != "lost_reason")')
      || jsonb_build_object(
        'field', 'stage', 'base', base -> 'stage', 'mine', mine -> 'stage', 'theirs', theirs -> 'stage');
  else
    clashes := jsonb_path_query_array(clashes, '$[*] ? (@.field != "closed_at")');
    sets := sets
      || case when mine -> 'closed_at' <> theirs -> 'closed_at'
        then jsonb_build_object('closed_at', mine -> 'closed_at') else '{}' end
      || case when clears_reason then '{"lost_reason": null}'::jsonb else '{}' end;
  end if;
  return jsonb_build_object('sets', sets, 'clashes', clashes);
end $$;

-- Merges a change into a record, field by field, three-way and by value. `base`, `mine` and `theirs` hold values as
-- their columns print them; `mine` and `base` only the fields they are about. A field that is not in `base` was
-- changed by somebody who is not known to have seen it, and clashes with the value that is there.
-- Returns {sets: {field: value}, clashes: [{field, base, mine, theirs}]}.
create or replace function private.merge_fields(entity text, base jsonb, mine jsonb, theirs jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  rule record;
  keyed jsonb;
  mark jsonb;
  sets jsonb := '{}'::jsonb;
  clashes jsonb := '[]'::jsonb;
  merge jsonb;
begin
  for rule in
    select f.field as name, f.rule as word,
      base -> f.field as base, mine -> f.field as mine, theirs -> f.field as theirs
    from private.fields f
    where f.entity = merge_fields.entity and merge_fields.mine ? f.field
    order by f.field
  loop
    if rule.mine = rule.theirs then
      continue;
    elsif rule.word = 'latest' or rule.base = rule.theirs then
      sets := sets || jsonb_build_object(rule.name, rule.mine);
      continue;
    elsif rule.word = 'mark' then
      mark := private.merge_mark(rule.base, rule.mine, rule.theirs);
      if mark <> rule.theirs then
        sets := sets || jsonb_build_object(rule.name, mark);
      end if;
      continue when mark is not null;
    elsif rule.word = 'set' and jsonb_typeof(rule.mine) = 'array' then
      sets := sets || jsonb_build_object(rule.name, private.merge_set(rule.base, rule.mine, rule.theirs));
      continue;
    elsif rule.word = 'keyed_set' and jsonb_typeof(rule.mine) = 'array' then
      keyed := private.merge_keyed_set(rule.base, rule.mine, rule.theirs);
      if keyed -> 'merged' <> rule.theirs then
        sets := sets || jsonb_build_object(rule.name, keyed -> 'merged');
      end if;
      continue when not (keyed ->> 'clash')::boolean;
    end if;
    clashes := clashes || jsonb_build_object(
      'field', rule.name, 'base', rule.base, 'mine', rule.mine, 'theirs', rule.theirs);
  end loop;
  merge := jsonb_build_object('sets', sets, 'clashes', clashes);
  return case when entity = 'deals' and mine ? 'stage'
    then private.decide_stage(base, mine, theirs, merge) else merge end;
end $$;

-- Keeps each clash of a merge as a conflict about its field, naming who changed it and when. Whoever changed the
-- record last need not have changed this field: if the log does not say, only a record that nobody has changed since
-- it was made tells. What is decided with a deal's stage goes into the patch of its question.
create or replace function private.keep_clashes(mutation jsonb, clashes jsonb, current jsonb) returns void
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

-- Why a deal was lost goes to the open question about its stage, if the author has one and the deal is not lost.
-- Returns whether it did.
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

-- Merges the change into the record. `merged` says that the record was not as its author had seen it.
create or replace function private.apply_update(mutation jsonb, current jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  entity text := mutation ->> 'entity';
  same_version boolean := coalesce(mutation -> 'base_version' = current -> 'version', false);
  mine jsonb;
  base jsonb;
  merge jsonb;
  kept boolean;
  version bigint := (current ->> 'version')::bigint;
begin
  if current ->> 'deleted_at' is not null then
    perform private.keep_deleted(mutation, current);
    return jsonb_build_object('status', 'conflict', 'version', version);
  end if;
  kept := private.keep_reason(mutation, current);
  mine := private.cast_fields(entity, mutation -> 'patch') - case when kept then 'lost_reason' else '' end;
  -- Whoever names the current version has seen the current values.
  base := case when same_version then current else '{}' end || private.cast_fields(entity, mutation -> 'base');
  merge := private.merge_fields(entity, base, mine, current);
  perform private.keep_clashes(mutation, merge -> 'clashes', current);
  if merge -> 'sets' <> '{}' then
    version := private.write_fields(entity, (mutation ->> 'id')::uuid, merge -> 'sets');
  end if;
  return jsonb_build_object(
    'status', case
      when kept or merge -> 'clashes' <> '[]' then 'conflict'
      when same_version or merge -> 'sets' = '{}' then 'applied'
      else 'merged' end,
    'version', version);
end $$;

-- What each mutation can form a run with: its operation and entity; null for what goes by itself.
create or replace function private.run_keys(mutations jsonb[]) returns text[]
language sql stable set search_path = '' as $$
  select coalesce(array_agg(
    case when m ->> 'group_id' is null
      and case m ->> 'op'
        when 'insert' then e.may_insert
        -- Why a deal was lost may belong to a question about its stage.
        when 'update' then m -> 'patch' <> '{}'
          and not (e.entity = 'deals' and m -> 'patch' ? 'lost_reason' and not m -> 'patch' ? 'stage')
        when 'delete' then e.may_delete and m -> 'patch' = '{}'
      end
      and (m ->> 'at')::timestamptz >= now() - private.receipt_lifetime()
    then (m ->> 'op') || ' ' || e.entity end
    order by place), '{}')
  from unnest(mutations) with ordinality u (m, place)
  left join private.entities e on e.entity = m ->> 'entity'
$$;

-- Updates records in one statement and returns the outcomes by mutation id. Null if one is not clean: a record
-- missing, deleted or named twice, a field that somebody changed since, or a deal that may lose the reason it was lost.
create or replace function private.update_run(entity text, run jsonb[]) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  ids uuid[] := array(select (m ->> 'id')::uuid from unnest(run) m);
  assignments text;
  clean boolean;
  outcomes jsonb;
begin
  if (select count(distinct i) from unnest(ids) i) < cardinality(ids) then
    return null;
  end if;
  execute format(
    'select count(*) = cardinality($1) and coalesce(bool_and(s.deleted_at is null
       and not (s.m -> ''patch'' ? ''stage'' and not s.m -> ''patch'' ? ''lost_reason''
         and s.theirs ->> ''lost_reason'' is not null)
       and not exists (
         select from jsonb_object_keys(s.m -> ''patch'') k
         join private.fields f on f.entity = $3 and f.field = k
         where f.rule <> ''latest'' and s.mine -> k <> s.theirs -> k
           and not coalesce(case when s.m -> ''base'' ? k
             then s.base -> k = s.theirs -> k else s.m -> ''base_version'' = s.theirs -> ''version'' end, false)
       )), true)
     from (
       select m, t.deleted_at, to_jsonb(t) as theirs,
         to_jsonb(jsonb_populate_record(null::public.%1$I, m -> ''base'')) as base,
         to_jsonb(jsonb_populate_record(null::public.%1$I, m -> ''patch'')) as mine
       from unnest($1) m
       cross join lateral (select x.* from public.%1$I x where x.id = (m ->> ''id'')::uuid offset 0) t
     ) s', entity)
  into clean using run, ids, entity;
  if not coalesce(clean, false) then
    return null;
  end if;
  select string_agg(format('%1$I = case when s.patch ? %1$L then r.%1$I else t.%1$I end', k), ', ') into assignments
  from (select distinct k from unnest(run) m cross join jsonb_object_keys(m -> 'patch') k) d;
  execute format(
    'with s as materialized (select (m ->> ''id'')::uuid as id, m -> ''patch'' as patch from unnest($1) m),
     before as materialized (
       select t.id, t.version from s
       cross join lateral (select x.id, x.version from public.%1$I x where x.id = s.id offset 0) t
     ),
     changed as (
       update public.%1$I t set %2$s
       from s, jsonb_populate_record(null::public.%1$I, s.patch) r
       where t.id = any($2) and t.id = s.id and exists (
         select from jsonb_each(to_jsonb(r)) n where s.patch ? n.key and n.value <> to_jsonb(t) -> n.key
       )
       returning t.id, t.version
     )
     select jsonb_object_agg(m ->> ''mutation_id'', jsonb_build_object(
       ''status'', case
         when c.id is null or m -> ''base_version'' = to_jsonb(b.version) then ''applied'' else ''merged'' end,
       ''version'', coalesce(c.version, b.version)))
     from unnest($1) m
     join before b on b.id = (m ->> ''id'')::uuid
     left join changed c on c.id = b.id', entity, assignments)
  into outcomes using run, ids;
  return outcomes;
end $$;

-- An open deal has no closing date, and a deal that is closed without one gets the time of the act: releases before this
-- one settle a conflict about the stage by sending the stage alone. A closed deal that an import brings without a date keeps
-- none, because no date is invented.
create function private.date_closing() returns trigger
language plpgsql volatile set search_path = '' as $$
declare
  times jsonb := nullif(current_setting('crm.occurred_at', true), '')::jsonb;
begin
  if new.stage not in ('closed_won', 'closed_lost') then
    new.closed_at := null;
  elsif tg_op = 'UPDATE' and old.stage not in ('closed_won', 'closed_lost') then
    new.closed_at := private.occurred_at(times, new.id);
  end if;
  return new;
end $$;
revoke execute on function private.date_closing() from public;
create trigger date_closing before insert or update of stage, closed_at on public.deals
  for each row when (
    (new.stage in ('closed_won', 'closed_lost')) = (new.closed_at is null)
    -- What no date can be is refused, and not taken away.
    and coalesce(new.closed_at between '1900-01-01Z' and '2200-01-01Z', true))
  execute function private.date_closing();

-- Deals that contradict themselves. A closed one was closed when it came into its stage, if that is known.
update public.deals d set closed_at = case when d.stage in ('closed_won', 'closed_lost') then (
    select max((c ->> 'at')::timestamptz) from jsonb_array_elements(d.stage_changes) c where c ->> 'to' = d.stage
  ) end
where d.deleted_at is null and (d.stage in ('closed_won', 'closed_lost')) = (d.closed_at is null);

-- The patch with the time of the act itself by the server's clock, as the log has it. A time further than a minute
-- from the act is another one, that is put back, and stays; but nothing was done later than now.
create or replace function private.date_act(mutation jsonb, patch jsonb, at timestamptz) returns jsonb
language sql stable set search_path = '' as $$
  select patch || coalesce((
    select jsonb_object_agg(
      d.field, to_char(d.corrected at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    from (
      select f.field, case
        when abs(extract(epoch from v.stated - v.acted)) <= 60 then at
        when v.stated > now() and v.stated < '2200-01-01Z' then least(v.stated + (at - v.acted), at)
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
          then private.date_act(m, patch, at)
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

-- When somebody made the record, by the server's clock: records made without a network arrive later, at `created_at`.
-- contract: the server alone writes it, so it has no row in private.fields
alter table public.companies add column made_at timestamptz(3);
-- contract: the server alone writes it, so it has no row in private.fields
alter table public.contacts add column made_at timestamptz(3);
-- contract: the server alone writes it, so it has no row in private.fields
alter table public.deals add column made_at timestamptz(3);
-- contract: the server alone writes it, so it has no row in private.fields
alter table public.import_batches add column made_at timestamptz(3);

-- Notes when a record was made. Without a caller it is the seed, a migration or a backup, which may tell.
create function private.note_made_at() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  new.made_at := case when private.uid() is null then coalesce(new.made_at, new.created_at)
    else private.occurred_at(nullif(current_setting('crm.occurred_at', true), '')::jsonb, new.id) end;
  return new;
end $$;
revoke execute on function private.note_made_at() from public;
do $$
declare
  target text;
begin
  foreach target in array array['companies', 'contacts', 'deals', 'import_batches'] loop
    execute format(
      'create trigger note_made_at before insert on public.%I
         for each row execute function private.note_made_at()', target);
  end loop;
end $$;

revoke execute on function
  private.merge_mark(jsonb, jsonb, jsonb), private.decide_stage(jsonb, jsonb, jsonb, jsonb),
  private.keep_reason(jsonb, jsonb)
from public;
grant execute on function
  private.merge_mark(jsonb, jsonb, jsonb), private.decide_stage(jsonb, jsonb, jsonb, jsonb),
  private.keep_reason(jsonb, jsonb)
to authenticated;
