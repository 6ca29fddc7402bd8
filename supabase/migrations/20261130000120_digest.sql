-- Digest: lets a device check that it has what the server has.

-- Returns a JSON value as a text that a device can build in the same way: as jsonb prints it, but each number is the
-- bits of the double that JavaScript makes of it, and the key `__proto__`, which no device keeps, is left out.
create function private.canonical_json(value jsonb) returns text
language plpgsql immutable set search_path = '' as $$
begin
  case jsonb_typeof(value)
    when 'object' then
      return '{' || coalesce((
        select string_agg(to_json(o.key)::text || ': ' || private.canonical_json(o.value), ', '
          order by octet_length(o.key), o.key collate "C")
        from jsonb_each(value) o where o.key <> '__proto__'), '') || '}';
    when 'array' then
      return '[' || coalesce((
        select string_agg(private.canonical_json(a.value), ', ' order by a.ordinality)
        from jsonb_array_elements(value) with ordinality a), '') || ']';
    when 'number' then
      return '"' || encode(float8send((value #>> '{}')::float8), 'hex') || '"';
    else
      return value::text;
  end case;
exception when numeric_value_out_of_range then
  return case when abs((value #>> '{}')::numeric) < 1 then '"0000000000000000"'
    when (value #>> '{}')::numeric > 0 then '"7ff0000000000000"' else '"fff0000000000000"' end;
end $$;

-- Returns the columns of an entity as arguments of json_build_array that give the canonical form of each value. Sets
-- of {value, label} and a deal's changes of stage have no numbers: their own form is canonical, and much faster for
-- tens of thousands of rows.
create function private.digest_arguments(entity text, columns text[]) returns text
language sql stable set search_path = '' as $$
  select string_agg(case
      when t.typname in ('numeric', 'int4', 'int8')
        then format('encode(float8send(t.%I::float8), ''hex'')', a.attname)
      when t.typname in ('_text', '_uuid') then format('to_jsonb(t.%I)', a.attname)
      when t.typname = 'jsonb' and f.rule is distinct from 'keyed_set' and a.attname <> 'stage_changes'
        then format('private.canonical_json(t.%I)::json', a.attname)
      else format('t.%I', a.attname) end, ', ' order by a.attnum)
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_type t on t.oid = a.atttypid
  left join private.fields f on f.entity = digest_arguments.entity and f.field = a.attname
  where a.attrelid = ('public.' || digest_arguments.entity)::regclass and a.attname = any(columns)
$$;

-- Returns the digest of the content of an entity's live rows that the caller may see, in these columns. Each row is
-- the JSON list of its values. 500 rows at a time, in the order of ids, give a SHA-256. The digest is the SHA-256 of
-- all of them, one after another in hexadecimal.
create function private.digest_content(entity text, columns text[]) returns text
language plpgsql stable set search_path = '' as $$
declare
  content text;
begin
  execute format(
    'select encode(sha256(convert_to(coalesce(string_agg(p.digest, '''' order by p.piece), ''''), ''UTF8'')), ''hex'')
     from (
       select r.piece, encode(sha256(convert_to(string_agg(r.line, '''' order by r.id), ''UTF8'')), ''hex'') as digest
       from (
         select t.id, json_build_array(%2$s)::text as line, (row_number() over (order by t.id) - 1) / 500 as piece
         from public.%1$I t where t.deleted_at is null
       ) r
       group by r.piece
     ) p', entity, private.digest_arguments(entity, columns))
  into content;
  return content;
end $$;

-- Returns the digest of the live rows of one entity that the caller may see: {entity, count, ids, versions}, each a
-- number, and {columns, content} for those of the `wanted` columns that exist. `wanted` is a JSON list of names, or
-- null if a device of an earlier release does not ask for content.
create function private.digest_rows(entity text, wanted jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  digest jsonb;
  columns text[] := array(
    select c.name from unnest(private.wire_columns(entity)) with ordinality c (name, place)
    where wanted ? c.name order by c.place);
begin
  execute format(
    'select jsonb_build_object(''entity'', $1, ''count'', count(*),
       ''ids'', coalesce(sum(h.tail), 0) %% 4294967296,
       ''versions'', coalesce(sum((h.tail %% 65536 + 1) * (h.version %% 65536)), 0) %% 4294967296)
     from (
       select (''x'' || right(t.id::text, 8))::bit(32)::bigint as tail, t.version
       from public.%I t where t.deleted_at is null
     ) h', entity)
  into digest using entity;
  if columns <> '{}' then
    digest := digest || jsonb_build_object(
      'columns', columns, 'content', private.digest_content(entity, columns));
  end if;
  return digest;
end $$;

-- Returns {server_time, epoch, digests: [{entity, count, ids, versions, columns?, content?}]} for the live rows
-- (deleted_at is null) that the caller may see. If `tail` is the number that the last 8 hex digits of a row's id
-- stand for, each row adds `tail` to `ids` and (tail mod 65536 + 1) * (version mod 65536) to `versions`. Both sums
-- are modulo 2^32, in any order. Request: {protocol, client_id, columns?}. `columns` {entity: [name]} says which
-- columns `content` covers (private.digest_content has the formula), and the answer's `columns` are those of them
-- that the server has. Errors: as for sync_pull.
create function api.digest(request jsonb) returns jsonb
language plpgsql stable security invoker set search_path = '' set timezone = 'UTC' as $$
declare
  refusal jsonb;
begin
  perform private.check_envelope(request);
  refusal := private.admit_caller();
  perform private.refuse_in_maintenance();
  perform private.check_protocol(request);
  if refusal is not null then
    return refusal;
  end if;
  if coalesce(jsonb_typeof(request -> 'columns'), 'null') not in ('null', 'object') then
    perform private.fail('invalid_request', 'Send columns as an object with a list of names for each entity.', 400);
  end if;
  return jsonb_build_object(
    'server_time', now(),
    'epoch', private.epoch(),
    'digests', (
      select jsonb_agg(private.digest_rows(e.entity, request -> 'columns' -> e.entity) order by e.pull_order)
      from private.entities e));
end $$;
