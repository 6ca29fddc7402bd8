-- Pull: sends a device what has changed since its cursor, without a gap.
--
-- A cursor is a snapshot: the set of transactions that were visible when it was taken. A row has changed since then
-- if a transaction wrote it that was not visible then and is visible now. Times and sequences cannot say that,
-- because a transaction that begins earlier and commits later would be missed.

-- Returns the name of this database's history. After a restore from a backup the name is a different one, and earlier
-- cursors are invalid.
create function private.epoch() returns text
language sql stable security definer set search_path = '' as $$
  select concat_ws('-',
    (select s.system_identifier from pg_catalog.pg_control_system() s),
    (select c.timeline_id from pg_catalog.pg_control_checkpoint() c),
    private.setting('restore_counter'))
$$;

-- Returns a text as a snapshot, or null if it is not one.
create function private.to_snapshot(value text) returns pg_snapshot
language plpgsql immutable set search_path = '' as $$
begin
  return value::pg_snapshot;
exception when data_exception then
  return null;
end $$;

-- Returns the snapshot in a cursor. It is null if the device has to start again: the cursor is from another epoch, it
-- is not a cursor, or it is ahead of this database, which then must have lost transactions.
create function private.cursor_snapshot(cursor text) returns pg_snapshot
language sql stable set search_path = '' as $$
  select s.snapshot
  from (select private.to_snapshot(split_part(cursor, '/', 2)) as snapshot) s
  where split_part(cursor, '/', 1) = private.epoch()
    and pg_snapshot_xmax(s.snapshot) <= pg_snapshot_xmax(pg_current_snapshot())
$$;

-- Returns the columns of an entity that go to devices.
create function private.wire_columns(entity text) returns text[]
language sql stable set search_path = '' as $$
  select array_agg(a.attname::text order by a.attnum)
  from pg_catalog.pg_attribute a
  where a.attrelid = ('public.' || wire_columns.entity)::regclass and a.attnum > 0 and not a.attisdropped
    and a.attname not in ('xid', 'blanked_at')
$$;

-- Returns where a pull is: {epoch, snapshot, base, reset, again, pull_order, xid, id}. All pages show the snapshot `snapshot`. `base`
-- is the device's cursor, or null if the device gets everything. `again` has the entities that come whole in spite of
-- a `base` (names with commas between them, because a page is flat). `pull_order` is the entity to continue with, and `xid`
-- and `id` are of the last row that was sent.
create function private.pull_position(request jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  page jsonb;
  base pg_snapshot;
begin
  if request ->> 'page' is not null then
    -- A page is flat. This is checked before it is parsed, because deep nesting would use up the stack.
    if request ->> 'page' !~ '^\{[^][{}]*\}$' then
      perform private.fail('invalid_request', 'This page token isn''t from this server.', 400);
    end if;
    begin
      page := (request ->> 'page')::jsonb;
      perform (page ->> 'snapshot')::pg_snapshot, (page ->> 'base')::pg_snapshot, (page ->> 'reset')::boolean,
        (page ->> 'pull_order')::int, (page ->> 'xid')::xid8, (page ->> 'id')::uuid;
    exception when data_exception then
      page := null;
    end;
    if page ->> 'snapshot' is null or page ->> 'reset' is null or page ->> 'pull_order' is null then
      perform private.fail('invalid_request', 'This page token isn''t from this server.', 400);
    end if;
    if page ->> 'epoch' = private.epoch() then
      return page;
    end if;
  else
    base := private.cursor_snapshot(request ->> 'cursor');
  end if;
  return jsonb_build_object(
    'epoch', private.epoch(), 'snapshot', pg_current_snapshot(), 'base', base, 'pull_order', 0,
    'reset', base is null and (request ->> 'cursor' is not null or request ->> 'page' is not null),
    'again', case when base is not null then (
      select string_agg(e.entity, ',' order by e.pull_order) from private.entities e
      where (request -> 'again' -> e.entity) ?| private.wire_columns(e.entity)) end);
end $$;

-- Returns at most `most` rows of one entity. Without `base` it returns everything that is alive or can be restored,
-- in the order of ids. With `base` it returns what has changed, tombstones too, in the order of transactions. If the
-- entity comes `again`, it returns everything and what was blanked since `base`, in the order of ids. A blanked
-- conflict is still alive, so that a new device has what the others have. The result has the rows as lists of values,
-- their number, and the position of the last one. It is `json` here and below, because building `jsonb` from `jsonb`
-- copies it all each time.
create function private.pull_rows(
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
  using (place ->> 'snapshot')::pg_snapshot, (place ->> 'base')::pg_snapshot, most,
    (place ->> 'xid')::xid8, (place ->> 'id')::uuid;
end $$;

-- Returns one page from a position on: the changes as [{entity, columns, rows}], and where the next page starts, or
-- null after the last page.
create function private.pull_page(place jsonb, most int, out changes json, out next jsonb)
language plpgsql stable set search_path = '' as $$
declare
  kind record;
  columns text[];
  found_rows record;
  parts json[] := '{}'::json[];
begin
  for kind in
    select e.entity, e.pull_order from private.entities e where e.pull_order >= (place ->> 'pull_order')::int order by e.pull_order
  loop
    if kind.pull_order > (place ->> 'pull_order')::int then
      place := place || jsonb_build_object('pull_order', kind.pull_order, 'xid', null, 'id', null);
    end if;
    columns := private.wire_columns(kind.entity);
    select * into found_rows from private.pull_rows(kind.entity, columns, place, most);
    if found_rows.count > 0 then
      parts := parts || json_build_object('entity', kind.entity, 'columns', columns, 'rows', found_rows.rows);
    end if;
    most := most - found_rows.count;
    if most = 0 then
      next := place || jsonb_build_object('xid', found_rows.last_xid, 'id', found_rows.last_id);
      exit;
    end if;
  end loop;
  changes := array_to_json(parts);
end $$;

-- Sends what changed since a cursor, in pages that all show the moment of the first. Request: {protocol, client_id,
-- cursor, page, limit, again?}. Cursor and page are as in the last answer, or null. `limit` is at most 2,000 rows.
-- `again` {entity: [field]} names the fields that the device lacks in its rows: if the server has one of them, the
-- entity comes whole. Answer: {server_time, epoch, reset, again, changes: [{entity, columns, rows: [[value]]}], page,
-- cursor, done}. `again` names the entities that come whole. The cursor comes with the last page, and the device
-- stores both together. `reset` on a first page means that everything which this pull does not bring is gone. The
-- function is stable, so that it reads all tables in one snapshot. It runs with the rights of the caller, so that row
-- security decides. Errors: invalid_request, not_a_member, deactivated, maintenance, client_outdated.
create function api.sync_pull(request jsonb) returns json
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
      'invalid_request', 'Send cursor and page as text, limit as a number and again as an object.', 400);
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
    'cursor', case when page.next is null then (place ->> 'epoch') || '/' || (place ->> 'snapshot') end,
    'done', page.next is null);
end $$;
