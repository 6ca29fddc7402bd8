-- Units: a unit is applied or refused as a whole. It is one mutation, or all mutations of a group.

-- Returns the code of a refusal for an error of Postgres. Code that knows the reason better says so in the hint.
create function private.refusal_code(state text, hint text) returns text
language sql immutable set search_path = '' as $$
  select case
    when hint in ('read_only', 'last_admin', 'blocked') then hint
    when state = '42501' then 'forbidden'
    when state = '23503' then 'invalid_reference'
    when state = '23505' then 'duplicate'
    when state = 'P0002' then 'not_found'
    else 'invalid_value'
  end
$$;

-- Returns the field that a refusal is about: the column that the error names, or the field in the name of the
-- constraint, or the first field whose value cannot be cast. It is null if the refusal is about the whole.
create function private.refused_field(mutation jsonb, column_name text, constraint_name text) returns text
language plpgsql stable set search_path = '' as $$
declare
  entity text := mutation ->> 'entity';
  candidate record;
begin
  if column_name <> '' then
    return column_name;
  end if;
  for candidate in
    select f.field as name from private.fields f where f.entity = mutation ->> 'entity' order by length(f.field) desc
  loop
    if constraint_name like entity || '\_' || candidate.name || '\_%' then
      return candidate.name;
    end if;
  end loop;
  for candidate in
    select p.key as name, p.value from jsonb_each(mutation -> 'patch') p
    join private.fields f on f.entity = mutation ->> 'entity' and f.field = p.key
  loop
    begin
      perform private.cast_fields(entity, jsonb_build_object(candidate.name, candidate.value));
    exception when data_exception then
      return candidate.name;
    end;
  end loop;
  return null;
end $$;

-- Returns all ids in the values of a patch.
create function private.named_ids(patch jsonb) returns uuid[]
language sql immutable set search_path = '' as $$
  select array(
    select (v #>> '{}')::uuid from jsonb_path_query(patch, '$.*[*]') v where private.is_uuid(v)
  )
$$;

-- Returns the open question that a unit decides and that the caller may decide, or null if there is none.
create function private.decided_question(unit jsonb[]) returns uuid
language sql stable set search_path = '' as $$
  select c.id
  from unnest(unit) m
  join public.conflicts c on c.id = (m ->> 'id')::uuid
  where m ->> 'entity' = 'conflicts' and m #>> '{patch,resolved_at}' is not null and c.resolved_at is null
  limit 1
$$;

-- Keeps a question open whose decision was refused, and stores the reason. If its author had edited the value, the
-- new value replaces the first one.
create function private.keep_question(question uuid, unit jsonb[], refusal jsonb) returns void
language sql volatile security definer set search_path = '' as $$
  update public.conflicts c set
    error = refusal || jsonb_strip_nulls(jsonb_build_object('op', c.error -> 'op')),
    mine = coalesce(r.patch -> c.field, c.mine),
    patch = case when c.kind = 'field' then coalesce(c.patch, '{}') || coalesce(r.patch, '{}') else c.patch end
  from (
    select k.id, (
      select m -> 'patch' from unnest(unit) m
      where k.kind = 'field' and m ->> 'entity' = k.entity and (m ->> 'id')::uuid = k.record_id
        and m -> 'patch' ? k.field
      limit 1) as patch
    from public.conflicts k where k.id = question
  ) r
  where c.id = r.id and c.resolved_at is null and (c.author_id = private.uid() or private.is_manager())
$$;

-- Keeps a refused unit in `conflicts` and returns the outcomes: the culprit has its own, and the others of its group
-- are blocked by it. A refused decision leaves its question open, so nothing else has to be kept.
create function private.refuse_unit(unit jsonb[], culprit jsonb, code text, field text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  question uuid := private.decided_question(unit);
  mutation jsonb;
  outcome jsonb;
  outcomes jsonb := '{}'::jsonb;
begin
  if question is not null then
    perform private.keep_question(question, unit, private.refusal(code, field));
  end if;
  foreach mutation in array unit loop
    outcome := case when mutation -> 'mutation_id' = culprit -> 'mutation_id'
      then jsonb_strip_nulls(jsonb_build_object(
        'status', case code when 'blocked' then 'blocked' else 'rejected' end, 'code', code, 'field', field))
      else jsonb_build_object('status', 'blocked', 'code', 'group_failed') end;
    if question is null and mutation ->> 'entity' <> 'conflicts' then
      perform private.keep_refused(mutation, outcome ->> 'status', outcome ->> 'code', outcome ->> 'field');
    end if;
    outcomes := outcomes || jsonb_build_object(mutation ->> 'mutation_id', outcome);
  end loop;
  return outcomes;
end $$;

-- Applies a unit, all or nothing, and returns the outcomes by mutation id. It refuses a mutation only for an error
-- that the mutation itself causes. Deadlocks, timeouts and full disks fail the call, and the device tries again.
create function private.apply_unit(unit jsonb[], role text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  mutation jsonb;
  culprit jsonb;
  outcomes jsonb := '{}'::jsonb;
  code text;
  state text;
  hint text;
  at_column text;
  at_constraint text;
begin
  begin
    foreach mutation in array unit loop
      culprit := mutation;
      outcomes := outcomes || jsonb_build_object(
        mutation ->> 'mutation_id', private.apply_mutation(mutation, role));
    end loop;
    return outcomes;
  exception
    when integrity_constraint_violation or data_exception or insufficient_privilege or no_data_found then
      get stacked diagnostics state = returned_sqlstate, hint = pg_exception_hint,
        at_column = column_name, at_constraint = constraint_name;
  end;
  code := private.refusal_code(state, hint);
  if code = 'invalid_reference' and private.is_refused_insert(private.named_ids(culprit -> 'patch')) then
    code := 'blocked';
  end if;
  return private.refuse_unit(unit, culprit, code, private.refused_field(culprit, at_column, at_constraint));
end $$;

-- Applies a batch of mutations that belong to no group: in one statement if all are clean, and otherwise in halves, so
-- that a few bad ones among hundreds cost little.
create function private.apply_batch(batch jsonb[], role text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  outcomes jsonb;
  half int := cardinality(batch) / 2;
begin
  if half = 0 then
    return private.apply_unit(batch, role);
  end if;
  outcomes := private.try_batch(batch);
  if outcomes is null then
    outcomes := private.apply_batch(batch[:half], role);
    outcomes := outcomes || private.apply_batch(batch[half + 1:], role);
  end if;
  return outcomes;
end $$;

-- Locks the records that the mutations change, entity by entity and in the order of their ids, so that crossing
-- pushes wait for each other instead of deadlocking. It does not lock `for update`, so that others can still insert
-- records that refer to these.
create function private.lock_targets(mutations jsonb[]) returns void
language plpgsql volatile set search_path = '' as $$
declare
  target record;
begin
  for target in
    select e.entity, array_agg(i.id) as ids
    from private.entities e
    join unnest(mutations) m on m ->> 'entity' = e.entity
    cross join lateral (
      select (m ->> 'id')::uuid as id where m ->> 'op' <> 'insert'
      union
      select f::uuid from jsonb_array_elements_text(
        case jsonb_typeof(m #> '{patch,from}') when 'array' then m #> '{patch,from}' else '[]' end) f
      where m ->> 'op' = 'merge' and private.is_uuid(to_jsonb(f))
    ) i
    group by e.entity, e.pull_order
    order by e.pull_order
  loop
    execute format('select 1 from public.%I t where t.id = any($1) order by t.id for no key update', target.entity)
    using target.ids;
  end loop;
end $$;

-- Applies mutations in order and returns their outcomes by mutation id. `known` has the outcomes of those that came
-- before.
create function private.apply_mutations(mutations jsonb[], known jsonb, role text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  redirects jsonb := private.redirects(mutations);
  keys text[] := private.run_keys(mutations);
  done jsonb := known;
  outcomes jsonb := '{}'::jsonb;
  applied jsonb;
  mutation jsonb;
  unit jsonb[];
  place int := 1;
  last int;
begin
  while place <= cardinality(mutations) loop
    mutation := mutations[place];
    last := place;
    if not done ? (mutation ->> 'mutation_id') then
      if mutation ->> 'group_id' is null then
        last := case role when 'read_only' then place else private.run_end(mutations, keys, place, done) end;
        unit := mutations[place:last];
      else
        unit := array(
          select m from unnest(mutations) with ordinality u (m, o)
          where m -> 'group_id' = mutation -> 'group_id' and not done ? (m ->> 'mutation_id') order by o);
      end if;
      if redirects <> '{}' then
        unit := array(select private.redirect(m, redirects) from unnest(unit) with ordinality u (m, o) order by o);
      end if;
      applied := case when mutation ->> 'group_id' is null
        then private.apply_batch(unit, role) else private.apply_unit(unit, role) end;
      outcomes := outcomes || applied;
      done := done || applied;
      -- A merge redirects later references, and a restored record gets its own back.
      if exists (select from unnest(unit) m where m ->> 'op' in ('merge', 'restore')) then
        redirects := private.redirects(mutations);
      end if;
    end if;
    place := last + 1;
  end loop;
  return outcomes;
end $$;
