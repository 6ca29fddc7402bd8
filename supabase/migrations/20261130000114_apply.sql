-- Applies one mutation with the rights of its author, so that row security decides. A refusal is an exception, which
-- `private.apply_unit` catches.

-- Returns a record as JSON, or null if there is none or the caller may not see it.
create function private.current_record(entity text, id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  found_record jsonb;
begin
  execute format('select to_jsonb(t) from public.%I t where t.id = $1', entity) into found_record using id;
  return found_record;
end $$;

-- Returns the values of a request as their columns print them, so that equal values are equal. Raises an error if a
-- value cannot be cast.
create function private.cast_fields(entity text, fields jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  cast_record jsonb;
begin
  execute format('select to_jsonb(jsonb_populate_record(null::public.%I, $1))', entity)
  into cast_record using fields;
  return coalesce(
    (select jsonb_object_agg(c.key, c.value) from jsonb_each(cast_record) c where fields ? c.key), '{}');
end $$;

-- Sets fields of a record and returns its new version. `also` has assignments that no device may send.
create function private.write_fields(entity text, id uuid, sets jsonb, also text default null) returns bigint
language plpgsql volatile set search_path = '' as $$
declare
  assignments text := (select string_agg(format('%1$I = r.%1$I', k), ', ') from jsonb_object_keys(sets) k);
  new_version bigint;
begin
  execute format(
    'update public.%1$I t set %2$s from jsonb_populate_record(null::public.%1$I, $2) r
     where t.id = $1 returning t.version', entity, concat_ws(', ', assignments, also))
  into new_version using id, sets;
  if new_version is null then
    raise exception 'You don''t have permission to change this record.' using errcode = 'insufficient_privilege';
  end if;
  return new_version;
end $$;

-- Returns the first field in any of the patches that is unknown, set by the server, or not written as its type
-- requires; null if all fields are well formed.
create function private.malformed_field(entity text, patches jsonb[]) returns text
language sql stable set search_path = '' as $$
  select p.key
  from unnest(patches) patch
  cross join jsonb_each(patch) p
  left join private.fields f on f.entity = malformed_field.entity and f.field = p.key
  where f.field is null or p.value <> 'null' and (
    not jsonb_typeof(p.value) = any(f.json_types) or not coalesce(p.value #>> '{}' ~ f.pattern, true))
  limit 1
$$;

-- Refuses a patch with a malformed field.
create function private.check_patch(entity text, patch jsonb) returns void
language plpgsql stable set search_path = '' as $$
declare
  culprit text := private.malformed_field(entity, array[patch]);
begin
  if culprit is not null then
    raise exception 'This field can''t be written, or the value isn''t valid for it.'
      using errcode = 'data_exception', column = culprit;
  end if;
end $$;

-- Returns the values of an insert for the fields that its patch does not name.
create function private.insert_defaults(entity text, mutation jsonb) returns jsonb
language sql stable set search_path = '' as $$
  select e.defaults
    || case e.entity when 'notes' then jsonb_build_object('occurred_at', mutation -> 'at') else '{}' end
  from private.entities e where e.entity = insert_defaults.entity
$$;

-- Returns the writable columns of an entity as a list for SQL.
create function private.writable_columns(entity text) returns text
language sql stable set search_path = '' as $$
  select string_agg(quote_ident(f.field), ', ' order by f.field) from private.fields f
  where f.entity = writable_columns.entity
$$;

-- Inserts the record. If the record exists already, it merges the values as an update: the same values count as
-- inserted.
create function private.apply_insert(mutation jsonb, current jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  entity text := mutation ->> 'entity';
  columns text := private.writable_columns(entity);
begin
  if current is not null then
    return private.apply_update(mutation, current);
  end if;
  execute format(
    'insert into public.%1$I (id, %2$s) select $1, %2$s from jsonb_populate_record(null::public.%1$I, $2)',
    entity, columns)
  using (mutation ->> 'id')::uuid, private.insert_defaults(entity, mutation) || (mutation -> 'patch');
  return jsonb_build_object('status', 'applied', 'version', 1);
end $$;

-- Merges the change into the record. The status is `merged` if the record was not as its author had seen it.
create function private.apply_update(mutation jsonb, current jsonb) returns jsonb
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

-- Turns the record into a tombstone, also if somebody has edited it since, because it can be restored.
create function private.apply_delete(mutation jsonb, current jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  version bigint := (current ->> 'version')::bigint;
begin
  if current ->> 'deleted_at' is null then
    version := private.write_fields(
      mutation ->> 'entity', (mutation ->> 'id')::uuid, '{}', 'deleted_at = now()');
  end if;
  return jsonb_build_object('status', 'applied', 'version', version);
end $$;

-- Restores a deleted record with the changes that its author made meanwhile. A merged record becomes a record of its
-- own again.
create function private.apply_restore(mutation jsonb, current jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  entity text := mutation ->> 'entity';
  base jsonb;
  merge jsonb;
  version bigint;
begin
  if current ->> 'deleted_at' is null then
    return private.apply_update(mutation, current);
  end if;
  -- The author saw the tombstone and decided. If it is blanked, it has no values to compare with.
  base := current || case when current ->> 'blanked_at' is null
    then private.cast_fields(entity, mutation -> 'base') else '{}' end;
  merge := private.merge_fields(entity, base, private.cast_fields(entity, mutation -> 'patch'), current);
  perform private.keep_clashes(mutation, merge -> 'clashes', current);
  version := private.write_fields(entity, (mutation ->> 'id')::uuid, merge -> 'sets', concat_ws(
    ', ', 'deleted_at = null', case when current ? 'merged_into' then 'merged_into = null' end));
  return jsonb_build_object(
    'status', case when merge -> 'clashes' <> '[]' then 'conflict' else 'applied' end, 'version', version);
end $$;

-- Restores a record that a merge found deleted, and merges it. Devices of an earlier release send the arguments of
-- the merge as if they were fields.
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

-- Applies one mutation and returns its outcome {status, version?, code?}. Raises an error to refuse it.
create function private.apply_mutation(mutation jsonb, role text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  kind private.entities;
  op text := mutation ->> 'op';
  current jsonb;
begin
  select e.* into kind from private.entities e where e.entity = mutation ->> 'entity';
  if not found or coalesce(op, '') not in ('insert', 'update', 'delete', 'restore', 'merge') then
    raise exception 'The server doesn''t know this kind of record or this operation.' using errcode = 'data_exception';
  end if;
  if role = 'read_only' and kind.entity <> 'conflicts' then
    raise exception 'Read-only members can''t change records.'
      using errcode = 'insufficient_privilege', hint = 'read_only';
  end if;
  if (op = 'insert' and not kind.may_insert) or (op in ('delete', 'restore', 'merge') and not kind.may_delete) then
    raise exception 'Devices can''t do this to a record of this kind.' using errcode = 'insufficient_privilege';
  end if;
  -- The receipts of this time are gone, so nobody can say whether it was applied. A decision may apply twice.
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
    raise exception 'This record doesn''t exist.' using errcode = 'no_data_found',
      hint = case when private.is_refused_insert(array[(mutation ->> 'id')::uuid]) then 'blocked' else '' end;
  end if;
  return case op
    when 'insert' then private.apply_insert(mutation, current)
    when 'update' then private.apply_update(mutation, current)
    when 'delete' then private.apply_delete(mutation, current)
    when 'restore' then private.apply_restore(mutation, current)
  end;
end $$;
