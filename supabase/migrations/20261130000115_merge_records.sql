-- Merges duplicates into one record. The server does it, so that what others attached to them meanwhile moves too.

-- Moves everything that refers to the merged companies, tombstones included, to the surviving company.
create function private.move_to_company(merged uuid[], survivor uuid) returns void
language sql volatile set search_path = '' as $$
  update public.contacts set company_id = survivor where company_id = any(merged);
  update public.deals set
    company_id = case when company_id = any(merged) then survivor else company_id end,
    principal_id = case when principal_id = any(merged) then survivor else principal_id end
  where company_id = any(merged) or principal_id = any(merged);
  update public.notes set company_id = survivor where company_id = any(merged);
  update public.tasks set company_id = survivor where company_id = any(merged);
$$;

-- Returns a list of contacts in which the survivor takes the place of the merged ones, once.
create function private.replace_contacts(contact_ids uuid[], merged uuid[], survivor uuid) returns uuid[]
language sql immutable set search_path = '' as $$
  select coalesce(array_agg(p.id order by p.place), '{}') from (
    select case when c.id = any(merged) then survivor else c.id end as id, min(c.ordinality) as place
    from unnest(contact_ids) with ordinality c (id, ordinality)
    group by 1
  ) p
$$;

-- Moves everything that refers to the merged contacts, tombstones included, to the surviving contact.
create function private.move_to_contact(merged uuid[], survivor uuid) returns void
language sql volatile set search_path = '' as $$
  update public.deals set contact_ids = private.replace_contacts(contact_ids, merged, survivor)
  where contact_ids && merged;
  update public.notes set contact_id = survivor where contact_id = any(merged);
  update public.tasks set contact_id = survivor where contact_id = any(merged);
$$;

-- Returns the fields that a merge changes in the survivor. For a field, `choices` names the record whose value stays,
-- or has the value itself. Otherwise the survivor keeps its own value, an empty value is filled from the merged
-- records in their order, and sets are united. The survivor keeps its owner and its import.
create function private.merged_fields(entity text, survivor jsonb, merged jsonb[], choices jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  rule record;
  source jsonb;
  value jsonb;
  sets jsonb := '{}'::jsonb;
begin
  for rule in
    select f.field as name, f.rule as word from private.fields f
    where f.entity = merged_fields.entity order by f.field
  loop
    value := survivor -> rule.name;
    if choices ? rule.name then
      value := choices -> rule.name;
      foreach source in array survivor || merged loop
        if choices ->> rule.name = source ->> 'id' then
          value := source -> rule.name;
        end if;
      end loop;
    elsif rule.name not in ('owner_id', 'import_batch_id') then
      foreach source in array merged loop
        if rule.word = 'set' then
          value := private.merge_set('[]', source -> rule.name, value);
        elsif rule.word = 'keyed_set' then
          value := private.merge_keyed_set('[]', source -> rule.name, value) -> 'merged';
        elsif value = 'null' or value = '""' then
          value := source -> rule.name;
        end if;
      end loop;
    end if;
    if value <> survivor -> rule.name then
      sets := sets || jsonb_build_object(rule.name, value);
    end if;
  end loop;
  return sets;
end $$;

-- Returns the ids in a JSON list, and raises an error if it is not a list of ids.
create function private.to_ids(list jsonb) returns uuid[]
language plpgsql immutable set search_path = '' as $$
begin
  if jsonb_typeof(list) is distinct from 'array'
    or exists (select from jsonb_array_elements(list) i where not private.is_uuid(i))
  then
    raise exception 'The records to merge must be a list of ids.' using errcode = 'data_exception', column = 'from';
  end if;
  return array(select distinct i::uuid from jsonb_array_elements_text(list) i);
end $$;

-- Returns the choices of a merge without those that name a record which is left out of it, because an id is not a
-- value.
create function private.usable_choices(choices jsonb, left_out uuid[]) returns jsonb
language sql immutable set search_path = '' as $$
  select coalesce(jsonb_object_agg(c.key, c.value), '{}')
  from jsonb_each(choices) c
  where not coalesce(c.value #>> '{}' = any(left_out::text[]), false)
$$;

-- Merges the records `from` into the record `into`: {into, from: [id], choices: {field: id or value}}. A record that
-- somebody has deleted or merged into another one is left alone and kept as a conflict.
create function private.apply_merge(mutation jsonb) returns jsonb
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
    raise exception 'This isn''t a valid merge.' using errcode = 'data_exception', column = 'into';
  end if;
  -- The strong lock waits for transactions that are attaching something to a merged record.
  execute format('select 1 from public.%I t where t.id = any($1) order by t.id for update', entity)
  using sources || (request ->> 'into')::uuid;
  survivor := private.current_record(entity, (request ->> 'into')::uuid);
  if survivor is null then
    raise exception 'This record doesn''t exist.' using errcode = 'no_data_found',
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
      raise exception 'This record doesn''t exist.' using errcode = 'no_data_found';
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

-- Returns the ids of the records of an entity that the mutations change, or name in one of the fields.
create function private.referred_ids(mutations jsonb[], entity text, fields text[]) returns uuid[]
language sql stable set search_path = '' as $$
  select coalesce(array_agg(distinct r.id::uuid), '{}')
  from (
    select m ->> 'id' as id from unnest(mutations) m
    where m ->> 'entity' = referred_ids.entity and m ->> 'op' <> 'insert'
    union all
    select i from unnest(mutations) m
    cross join unnest(fields) f
    cross join lateral jsonb_array_elements_text(
      case jsonb_typeof(m -> 'patch' -> f)
        when 'string' then jsonb_build_array(m -> 'patch' -> f) when 'array' then m -> 'patch' -> f else '[]' end) i
  ) r
  where r.id ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'
$$;

-- Returns into which records the merged ones among the given records went: {merged id: surviving id}. It follows
-- chains to their end. It takes the weak lock that a foreign key takes anyway, and so waits for a merge that is
-- running.
create function private.survivors(entity text, ids uuid[]) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  found_survivors jsonb;
begin
  execute format('select 1 from public.%I t where t.id = any($1) order by t.id for key share', entity) using ids;
  execute format(
    'with recursive followed as (
       select t.id as start, t.merged_into as target, 1 as depth from public.%1$I t
       where t.id = any($1) and t.merged_into is not null
       union all
       select f.start, t.merged_into, f.depth + 1 from followed f join public.%1$I t on t.id = f.target
       where t.merged_into is not null and f.depth < 100
     )
     select coalesce(jsonb_object_agg(l.start, l.target), ''{}'')
     from (select distinct on (f.start) f.start, f.target from followed f order by f.start, f.depth desc) l', entity)
  into found_survivors using ids;
  return found_survivors;
end $$;

-- Returns the merged records that these mutations change or refer to, and into which records they went.
create function private.redirects(mutations jsonb[]) returns jsonb
language sql volatile set search_path = '' as $$
  select
    private.survivors('companies', private.referred_ids(
      mutations, 'companies', array['company_id', 'principal_id']))
    || private.survivors('contacts', private.referred_ids(
      mutations, 'contacts', array['contact_id', 'contact_ids']))
$$;

-- Returns fields in which references to merged records are replaced by references to the survivors.
create function private.redirect_fields(fields jsonb, redirects jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  select coalesce(jsonb_object_agg(f.key, case
    when f.key in ('company_id', 'principal_id', 'contact_id')
      then coalesce(redirects -> (f.value #>> '{}'), f.value)
    when f.key = 'contact_ids' and jsonb_typeof(f.value) = 'array' then (
      select coalesce(jsonb_agg(c.id order by c.place), '[]') from (
        select coalesce(redirects -> (e.value #>> '{}'), e.value) as id, min(e.ordinality) as place
        from jsonb_array_elements(f.value) with ordinality e group by 1
      ) c)
    else f.value end), '{}')
  from jsonb_each(fields) f
$$;

-- Returns a mutation as the server applies it after merges: an edit of a merged record becomes an edit of the
-- survivor, and references follow. A deletion or restoration still means the merged record itself.
create function private.redirect(mutation jsonb, redirects jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  select case when redirects = '{}' then mutation else mutation
    || jsonb_build_object(
      'patch', private.redirect_fields(mutation -> 'patch', redirects),
      'base', private.redirect_fields(mutation -> 'base', redirects))
    || case when mutation ->> 'op' = 'update' and redirects ? (mutation ->> 'id')
      then jsonb_build_object('id', redirects -> (mutation ->> 'id'), 'base_version', null) else '{}' end
  end
$$;
