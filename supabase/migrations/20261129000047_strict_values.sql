-- The server is as strict as the app: a value that the app cannot read is refused, and the app's schema accepts nothing
-- that is refused here. A property test (tests/db/strict-values.test.ts) compares both verdicts for every field. Pulls
-- bring the fields that an older release could not keep, and digests cover the content of rows.

-- Whether a JSON value is a set of {value, label} keyed by value, at most 1,000, as email addresses and phone numbers
-- are. Both keys are always there; a label may be null.
create or replace function private.is_labelled_set(entries jsonb) returns boolean
language plpgsql immutable set search_path = '' as $$
declare
  entry jsonb;
begin
  if jsonb_typeof(entries) is distinct from 'array' or jsonb_array_length(entries) > 1000 then
    return false;
  end if;
  for entry in select e from jsonb_array_elements(entries) e loop
    if jsonb_typeof(entry) <> 'object'
      or jsonb_typeof(entry -> 'value') is distinct from 'string'
      or coalesce(jsonb_typeof(entry -> 'label'), 'missing') not in ('string', 'null')
      or btrim(entry ->> 'value') = ''
      or length(entry ->> 'value') > 300
      or length(entry ->> 'label') > 300
      or entry - array['value', 'label'] <> '{}'
    then
      return false;
    end if;
  end loop;
  return (select count(*) = count(distinct e ->> 'value') from jsonb_array_elements(entries) e);
end $$;

-- A set of {value, label} in which every entry has both keys.
create function private.with_labels(entries jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  select coalesce(jsonb_agg('{"label": null}' || e.value order by e.ordinality), '[]')
  from jsonb_array_elements(entries) with ordinality e
$$;

-- Rows that were accepted without a label: every device stops at them.
update public.contacts set emails = private.with_labels(emails), phones = private.with_labels(phones)
where jsonb_path_exists(emails, '$[*] ? (!exists(@.label))') or jsonb_path_exists(phones, '$[*] ? (!exists(@.label))');

drop function private.with_labels(jsonb);

-- Times as ISO 8601 writes them, which every browser reads alike.
update private.fields f set pattern =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?'
  || '(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$'
from pg_catalog.pg_attribute a
where a.attrelid = ('public.' || f.entity)::regclass and a.attname = f.field
  and a.atttypid = 'timestamptz'::regtype;

-- Ids with their hyphens where everybody puts them.
update private.fields set pattern =
  '^\[("[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"(, )?)*\]$'
where (entity, field) = ('deals', 'contact_ids');

-- What counts as a space beyond ASCII depends on the locale of the database. These say it themselves.
alter table public.companies
  drop constraint companies_website_http,
  drop constraint companies_linkedin_url_http,
  add constraint companies_website_http check (website ~* '^https?://[^ \t\n\v\f\r]+$'),
  add constraint companies_linkedin_url_http check (linkedin_url ~* '^https?://[^ \t\n\v\f\r]+$');
alter table public.contacts
  drop constraint contacts_linkedin_url_http,
  add constraint contacts_linkedin_url_http check (linkedin_url ~* '^https?://[^ \t\n\v\f\r]+$');

-- Where a pull stands: {epoch, pin, base, reset, again, rank, xid, id}. `pin` is the snapshot all pages are read by,
-- `base` the device's cursor or null for everything, `again` the entities that come whole in spite of a `base` (names
-- with commas between them, since a page is flat), `rank` the entity to go on with, `xid` and `id` the last row sent
-- of it.
create or replace function private.pull_position(request jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  page jsonb;
  base pg_snapshot;
begin
  if request ->> 'page' is not null then
    -- Flat, before it is parsed: nesting without an end would use up the stack.
    if request ->> 'page' !~ '^\{[^][{}]*\}$' then
      perform private.fail('invalid_request', 'The page is not one of this server.', 400);
    end if;
    begin
      page := (request ->> 'page')::jsonb;
      perform (page ->> 'pin')::pg_snapshot, (page ->> 'base')::pg_snapshot, (page ->> 'reset')::boolean,
        (page ->> 'rank')::int, (page ->> 'xid')::xid8, (page ->> 'id')::uuid;
    exception when data_exception then
      page := null;
    end;
    if page ->> 'pin' is null or page ->> 'reset' is null or page ->> 'rank' is null then
      perform private.fail('invalid_request', 'The page is not one of this server.', 400);
    end if;
    if page ->> 'epoch' = private.epoch() then
      return page;
    end if;
  else
    base := private.cursor_snapshot(request ->> 'cursor');
  end if;
  return jsonb_build_object(
    'epoch', private.epoch(), 'pin', pg_current_snapshot(), 'base', base, 'rank', 0,
    'reset', base is null and (request ->> 'cursor' is not null or request ->> 'page' is not null),
    'again', case when base is not null then (
      select string_agg(e.entity, ',' order by e.rank) from private.entities e
      where (request -> 'again' -> e.entity) ?| private.wire_columns(e.entity)) end);
end $$;

-- Rows of one entity, at most `most`: everything that lives or can be restored, in the order of ids; or from `base`
-- on what has changed, tombstones too, in the order of transactions; or, if the entity comes `again`, everything with
-- what was blanked since `base`, in the order of ids. A conflict that was emptied still lives: a new device holds what
-- the others hold. Gives the rows as lists of values, how many they are, and where the last one stands. `json` here and
-- below, because building `jsonb` from `jsonb` copies all of it each time.
create or replace function private.pull_rows(
  entity text, columns text[], place jsonb, most int,
  out rows json, out count int, out last_xid text, out last_id uuid
)
language plpgsql stable set search_path = '' as $$
declare
  list text := (
    select string_agg('t.' || quote_ident(c), ', ' order by o) from unnest(columns) with ordinality u (c, o));
  condition text;
  ordering text;
begin
  if place ->> 'base' is null or entity = any(string_to_array(place ->> 'again', ',')) then
    ordering := 't.id';
    condition := case when place ->> 'base' is null
        then '(t.blanked_at is null or t.deleted_at is null)'
        else '(t.blanked_at is null or t.deleted_at is null or not pg_visible_in_snapshot(t.xid, $2))' end
      || case when place ->> 'id' is null then '' else ' and t.id > $5' end;
  else
    ordering := 't.xid, t.id';
    condition := 't.xid >= pg_snapshot_xmin($2) and t.xid < pg_snapshot_xmax($1)
        and not pg_visible_in_snapshot(t.xid, $2)'
      || case when place ->> 'id' is null then '' else ' and (t.xid, t.id) > ($4, $5)' end;
  end if;
  execute format(
    'select json_agg(json_build_array(%2$s) order by %4$s), count(*),
       (array_agg(t.xid::text order by %4$s))[count(*)], (array_agg(t.id order by %4$s))[count(*)]
     from (
       select * from public.%1$I t where pg_visible_in_snapshot(t.xid, $1) and %3$s order by %4$s limit $3
     ) t', entity, list, condition, ordering)
  into rows, count, last_xid, last_id
  using (place ->> 'pin')::pg_snapshot, (place ->> 'base')::pg_snapshot, most,
    (place ->> 'xid')::xid8, (place ->> 'id')::uuid;
end $$;

-- Hands out what changed since a cursor, in pages that all show the moment of the first. Request: {protocol,
-- client_id, cursor, page, limit, again?}, cursor and page as the last answer had them, or null; limit up to 2,000
-- rows; `again` {entity: [field]} the fields that the device lacks in its rows: an entity of which the server has one
-- of these fields comes whole. Answer: {server_time, epoch, reset, again, changes: [{entity, columns, rows:
-- [[value]]}], page, cursor, done}; `again` names the entities that come whole. The cursor comes with the last page and
-- is stored with it. `reset` on a first page: what this pull does not bring is gone. Stable, so that all tables are
-- read in one snapshot. Runs as the caller: row security decides. Errors: invalid_request, not_a_member, deactivated,
-- maintenance, client_outdated.
create or replace function api.sync_pull(request jsonb) returns json
language plpgsql stable security invoker set search_path = '' set timezone = 'UTC' as $$
declare
  refusal jsonb;
  place jsonb;
  page record;
begin
  perform private.check_envelope(request);
  refusal := private.admit_caller();
  perform private.refuse_in_maintenance();
  perform private.check_protocol(request);
  if refusal is not null then
    return refusal::json;
  end if;
  if coalesce(jsonb_typeof(request -> 'cursor'), 'null') not in ('null', 'string')
    or coalesce(jsonb_typeof(request -> 'page'), 'null') not in ('null', 'string')
    or coalesce(jsonb_typeof(request -> 'limit'), 'number') <> 'number'
    or coalesce(jsonb_typeof(request -> 'again'), 'null') not in ('null', 'object')
  then
    perform private.fail(
      'invalid_request', 'Cursor and page are texts, limit is a number, again an object.', 400);
  end if;
  place := private.pull_position(request);
  select * into page
  from private.pull_page(place, greatest(1, least(coalesce((request ->> 'limit')::numeric, 2000), 2000))::int);
  return json_build_object(
    'server_time', now(),
    'epoch', place -> 'epoch',
    'reset', (place ->> 'reset')::boolean and place ->> 'id' is null,
    'again', coalesce(string_to_array(place ->> 'again', ','), '{}'),
    'changes', page.changes,
    'page', page.next::text,
    'cursor', case when page.next is null then (place ->> 'epoch') || '/' || (place ->> 'pin') end,
    'done', page.next is null);
end $$;

-- A JSON value as a text that a device makes in the same way: as jsonb prints it, but with the bits of the double
-- that JavaScript makes of a number in its place, and without the key `__proto__`, which no device keeps.
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

-- The columns of an entity as the arguments of json_build_array that give the canonical form of each value. Sets of
-- {value, label} and the changes of a deal's stage hold no numbers, so that jsonb's own form is canonical, and far
-- quicker for tens of thousands of rows.
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

-- The digest of the content of an entity's live rows that the caller may see, in these columns. Each row is the JSON
-- list of its values; 500 rows at a time, in the order of ids, give a SHA-256, and the SHA-256 of these one after
-- another (in hexadecimal, as they are) is the digest.
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

-- The digest of the live rows of one entity that the caller may see: {entity, count, ids, versions}, each a number,
-- and of the content in those of the `wanted` columns that there are: {columns, content}. `wanted` is a JSON list of
-- names, or null: a device of an earlier release does not ask for content.
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

-- Answers {server_time, epoch, digests: [{entity, count, ids, versions, columns?, content?}]} over the live rows
-- (deleted_at is null) that the caller may see. With `tail` = the number that the last 8 hex digits of a row's id stand
-- for, each row adds `tail` to `ids` and (tail mod 65536 + 1) * (version mod 65536) to `versions`; both sums are taken
-- modulo 2^32, in any order. Request: {protocol, client_id, columns?}; `columns` {entity: [name]} says which columns
-- `content` covers (private.digest_content has the formula); the answer's `columns` are those of them that the server
-- has. Errors: as sync_pull.
create or replace function api.digest(request jsonb) returns jsonb
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
    perform private.fail('invalid_request', 'Columns are lists of names by entity.', 400);
  end if;
  return jsonb_build_object(
    'server_time', now(),
    'epoch', private.epoch(),
    'digests', (
      select jsonb_agg(private.digest_rows(e.entity, request -> 'columns' -> e.entity) order by e.rank)
      from private.entities e));
end $$;

drop function private.digest_rows(text);

revoke execute on function
  private.canonical_json(jsonb), private.digest_arguments(text, text[]), private.digest_content(text, text[]),
  private.digest_rows(text, jsonb)
from public;
grant execute on function
  private.canonical_json(jsonb), private.digest_arguments(text, text[]), private.digest_content(text, text[]),
  private.digest_rows(text, jsonb)
to authenticated;
