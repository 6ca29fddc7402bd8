-- Runs: consecutive mutations of one kind apply in one statement, several times faster than one by one.

-- Tells the log when each record of a batch was changed.
create function private.set_batch_times(batch jsonb[]) returns void
language sql volatile set search_path = '' as $$
  select set_config('crm.occurred_at', jsonb_object_agg(m ->> 'id', m -> 'at')::text, true) from unnest(batch) m
$$;

-- Inserts new records in one statement and returns the outcomes by mutation id. Raises an error if one is not clean.
create function private.insert_batch(entity text, batch jsonb[]) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  columns text := private.writable_columns(entity);
begin
  execute format(
    'insert into public.%1$I (id, %2$s)
     select (m ->> ''id'')::uuid, %2$s
     from unnest($1) m
     cross join lateral jsonb_populate_record(null::public.%1$I,
       $2 || case when $3 then jsonb_build_object(''occurred_at'', m -> ''at'') else ''{}'' end || (m -> ''patch''))',
    entity, columns)
  using batch, (select e.defaults from private.entities e where e.entity = insert_batch.entity), entity = 'notes';
  return (
    select jsonb_object_agg(m ->> 'mutation_id', jsonb_build_object('status', 'applied', 'version', 1))
    from unnest(batch) m
  );
end $$;

-- Updates records in one statement and returns the outcomes by mutation id. Returns null if one is not clean: a
-- record that is missing, deleted or named twice, a field that somebody has changed since, or a deal that may lose
-- the reason why it was lost.
create function private.update_batch(entity text, batch jsonb[]) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  ids uuid[] := array(select (m ->> 'id')::uuid from unnest(batch) m);
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
  into clean using batch, ids, entity;
  if not coalesce(clean, false) then
    return null;
  end if;
  select string_agg(format('%1$I = case when s.patch ? %1$L then r.%1$I else t.%1$I end', k), ', ') into assignments
  from (select distinct k from unnest(batch) m cross join jsonb_object_keys(m -> 'patch') k) d;
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
  into outcomes using batch, ids;
  return outcomes;
end $$;

-- Deletes records in one statement and returns the outcomes by mutation id. Returns null if a record is missing or
-- named twice. The lateral query with its offset finds each record by its key. A join would read the whole table,
-- because row security does not let Postgres use an index for an id inside JSON, and halving a batch repeats that for
-- almost every mutation.
create function private.delete_batch(entity text, batch jsonb[]) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  ids uuid[] := array(select distinct (m ->> 'id')::uuid from unnest(batch) m);
  outcomes jsonb;
begin
  execute format('update public.%I t set deleted_at = now() where t.id = any($1) and t.deleted_at is null', entity)
  using ids;
  execute format(
    'select jsonb_object_agg(
       m ->> ''mutation_id'', jsonb_build_object(''status'', ''applied'', ''version'', t.version))
     from unnest($1) m
     cross join lateral (
       select x.version, x.deleted_at from public.%I x where x.id = (m ->> ''id'')::uuid offset 0
     ) t
     where t.deleted_at is not null
     having count(*) = cardinality($1) and cardinality($2) = cardinality($1)', entity)
  into outcomes using batch, ids;
  return outcomes;
end $$;

-- Applies a batch in one statement. Returns null if it is not clean, and then it has applied nothing.
create function private.try_batch(batch jsonb[]) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  entity text := batch[1] ->> 'entity';
  outcomes jsonb;
begin
  if private.malformed_field(entity, array(select m -> 'patch' from unnest(batch) m)) is not null then
    return null;
  end if;
  perform private.set_batch_times(batch);
  outcomes := case batch[1] ->> 'op'
    when 'insert' then private.insert_batch(entity, batch)
    when 'update' then private.update_batch(entity, batch)
    when 'delete' then private.delete_batch(entity, batch)
  end;
  if outcomes is null then
    raise exception 'Not every mutation of this batch is clean.' using errcode = 'data_exception';
  end if;
  return outcomes;
exception when integrity_constraint_violation or data_exception or insufficient_privilege then
  return null;
end $$;

-- Returns with what each mutation can form a batch: its operation and entity, or null if it has to be applied alone.
create function private.run_keys(mutations jsonb[]) returns text[]
language sql stable set search_path = '' as $$
  select coalesce(array_agg(
    case when m ->> 'group_id' is null
      and case m ->> 'op'
        when 'insert' then e.may_insert
        -- The reason why a deal was lost may belong to a question about its stage.
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

-- Returns the last place of the batch that starts at `place`. A mutation that has an outcome already ends the batch.
create function private.run_end(mutations jsonb[], keys text[], place int, outcomes jsonb) returns int
language plpgsql immutable set search_path = '' as $$
begin
  while keys[place + 1] = keys[place] and not outcomes ? (mutations[place + 1] ->> 'mutation_id') loop
    place := place + 1;
  end loop;
  return place;
end $$;
