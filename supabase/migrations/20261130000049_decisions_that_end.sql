-- Every decision about a conflict ends it. A merge that met a deletion says so, and can be done after all; and if the
-- server refuses a decision, the question stays, with the reason, and no other one is asked.

-- Keeps a change of a record that somebody deleted, to be restored with it. Of a merge it says that it is one.
create or replace function private.keep_deleted(mutation jsonb, current jsonb) returns void
language sql volatile set search_path = '' as $$
  select private.keep_conflict(
    mutation, 'deleted', null, mutation -> 'base', mutation -> 'patch',
    jsonb_strip_nulls(jsonb_build_object(
      'deleted_at', current -> 'deleted_at', 'merged_into', current -> 'merged_into')),
    (current ->> 'updated_by')::uuid, (current ->> 'deleted_at')::timestamptz, mutation -> 'patch',
    case when mutation ->> 'op' = 'merge' then '{"op": "merge"}'::jsonb end)
$$;

-- The choices of a merge without those that name a record which is left out of it: its id is no value.
create function private.usable_choices(choices jsonb, left_out uuid[]) returns jsonb
language sql immutable set search_path = '' as $$
  select coalesce(jsonb_object_agg(c.key, c.value), '{}')
  from jsonb_each(choices) c
  where not coalesce(c.value #>> '{}' = any(left_out::text[]), false)
$$;

-- Merges the records `from` into the record `into`: {into, from: [id], choices: {field: id or value}}. A record that
-- somebody deleted or merged elsewhere meanwhile is left alone and kept as a conflict.
create or replace function private.apply_merge(mutation jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  entity text := mutation ->> 'entity';
  request jsonb := mutation -> 'patch';
  choices jsonb := coalesce(nullif(request -> 'choices', 'null'), '{}');
  sources uuid[] := private.to_ids(request -> 'from');
  survivor jsonb;
  source jsonb;
  merged jsonb[] := '{}'::jsonb[];
  merged_ids uuid[];
  sets jsonb;
  version bigint;
  status text := 'applied';
begin
  if entity not in ('companies', 'contacts') or not private.is_uuid(request -> 'into')
    or jsonb_typeof(choices) <> 'object' or sources = '{}' or (request ->> 'into')::uuid = any(sources)
  then
    raise exception 'not a merge' using errcode = 'data_exception', column = 'into';
  end if;
  -- The strong lock waits for those who are attaching something to a merged record at this moment.
  execute format('select 1 from public.%I t where t.id = any($1) order by t.id for update', entity)
  using sources || (request ->> 'into')::uuid;
  survivor := private.current_record(entity, (request ->> 'into')::uuid);
  if survivor is null then
    raise exception 'no such record' using errcode = 'no_data_found',
      hint = case when private.is_refused_insert(array[(request ->> 'into')::uuid]) then 'blocked' else '' end;
  end if;
  if survivor ->> 'deleted_at' is not null then
    perform private.keep_deleted(mutation || jsonb_build_object('id', survivor -> 'id'), survivor);
    return jsonb_build_object('status', 'conflict', 'version', survivor -> 'version');
  end if;
  for source in
    select private.current_record(entity, s.id) from unnest(sources) with ordinality s (id, place) order by s.place
  loop
    if source is null then
      raise exception 'no such record' using errcode = 'no_data_found';
    elsif source ->> 'deleted_at' is null then
      merged := merged || source;
    elsif source ->> 'merged_into' is distinct from survivor ->> 'id' then
      perform private.keep_deleted(mutation || jsonb_build_object('id', source -> 'id'), source);
      status := 'conflict';
    end if;
  end loop;
  merged_ids := array(select (m ->> 'id')::uuid from unnest(merged) m);
  sets := private.merged_fields(entity, survivor, merged, private.usable_choices(
    choices, array(select s from unnest(sources) s where s <> all(merged_ids))));
  perform private.check_patch(entity, sets);
  version := (survivor ->> 'version')::bigint;
  if sets <> '{}' then
    version := private.write_fields(entity, (survivor ->> 'id')::uuid, sets);
  end if;
  execute format('update public.%I t set deleted_at = now(), merged_into = $1 where t.id = any($2)', entity)
  using (survivor ->> 'id')::uuid, merged_ids;
  if entity = 'companies' then
    perform private.move_to_company(merged_ids, (survivor ->> 'id')::uuid);
  else
    perform private.move_to_contact(merged_ids, (survivor ->> 'id')::uuid);
  end if;
  return jsonb_build_object('status', status, 'version', version);
end $$;

-- Brings back a record that a merge had met deleted, and merges. Releases before this one send the restoration with
-- the arguments of the merge as if they were fields.
create function private.restore_and_merge(mutation jsonb, current jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  fields jsonb := (mutation -> 'patch') - '{into, from, choices}'::text[];
begin
  perform private.check_patch(mutation ->> 'entity', fields);
  perform private.apply_restore(mutation || jsonb_build_object('patch', fields), current);
  return private.apply_merge(mutation || jsonb_build_object('patch', mutation -> 'patch' || case
    when mutation #>> '{patch,into}' = mutation ->> 'id' then '{}'
    else jsonb_build_object('from', jsonb_build_array(mutation -> 'id')) end));
end $$;

-- Applies one mutation and returns its outcome {status, version?, code?}. Raises on refusal.
create or replace function private.apply_mutation(mutation jsonb, role text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  kind private.entities;
  op text := mutation ->> 'op';
  current jsonb;
begin
  select e.* into kind from private.entities e where e.entity = mutation ->> 'entity';
  if not found or coalesce(op, '') not in ('insert', 'update', 'delete', 'restore', 'merge') then
    raise exception 'unknown entity or operation' using errcode = 'data_exception';
  end if;
  if role = 'read_only' and kind.entity <> 'conflicts' then
    raise exception 'read-only members do not write' using errcode = 'insufficient_privilege', hint = 'read_only';
  end if;
  if (op = 'insert' and not kind.may_insert) or (op in ('delete', 'restore', 'merge') and not kind.may_delete) then
    raise exception 'not for devices' using errcode = 'insufficient_privilege';
  end if;
  -- Without a receipt this old, nobody can say whether it was applied before. A decision may apply twice.
  if kind.entity <> 'conflicts' and (mutation ->> 'at')::timestamptz < now() - private.receipt_lifetime() then
    perform private.keep_refused(mutation, 'stale', 'stale', null);
    return jsonb_build_object('status', 'conflict', 'code', 'stale');
  end if;
  perform set_config('crm.occurred_at', jsonb_build_object('*', mutation -> 'at')::text, true);
  if op = 'merge' then
    return private.apply_merge(mutation);
  end if;
  current := private.current_record(kind.entity, (mutation ->> 'id')::uuid);
  if op = 'restore' and current is not null and mutation -> 'patch' ?& array['into', 'from'] then
    return private.restore_and_merge(mutation, current);
  end if;
  perform private.check_patch(kind.entity, mutation -> 'patch');
  if current is null and op <> 'insert' then
    raise exception 'no such record' using errcode = 'no_data_found',
      hint = case when private.is_refused_insert(array[(mutation ->> 'id')::uuid]) then 'blocked' else '' end;
  end if;
  return case op
    when 'insert' then private.apply_insert(mutation, current)
    when 'update' then private.apply_update(mutation, current)
    when 'delete' then private.apply_delete(mutation, current)
    when 'restore' then private.apply_restore(mutation, current)
  end;
end $$;

-- The open question that a unit decides and the caller may decide; null if there is none.
create function private.decided_question(unit jsonb[]) returns uuid
language sql stable set search_path = '' as $$
  select c.id
  from unnest(unit) m
  join public.conflicts c on c.id = (m ->> 'id')::uuid
  where m ->> 'entity' = 'conflicts' and m #>> '{patch,resolved_at}' is not null and c.resolved_at is null
  limit 1
$$;

-- Keeps a question open whose decision was refused, with the reason. A value that its author had edited replaces the
-- one that they had written first.
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

-- Keeps a refused unit in `conflicts` and returns the outcomes: the culprit's own, and for the others of its group
-- that they were blocked by it. A refused decision leaves its question as it was, so nothing else has to be kept.
create or replace function private.refuse_unit(unit jsonb[], culprit jsonb, code text, field text) returns jsonb
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

revoke execute on function
  private.usable_choices(jsonb, uuid[]), private.restore_and_merge(jsonb, jsonb),
  private.decided_question(jsonb[]), private.keep_question(uuid, jsonb[], jsonb)
from public;
grant execute on function
  private.usable_choices(jsonb, uuid[]), private.restore_and_merge(jsonb, jsonb),
  private.decided_question(jsonb[]), private.keep_question(uuid, jsonb[], jsonb)
to authenticated;
