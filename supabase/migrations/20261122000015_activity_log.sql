-- What everybody did, views included, for 30 days. Append-only.
create table public.activity_logs (
  -- The id of the client's event, or a new one for what a trigger recorded.
  id uuid primary key default gen_random_uuid(),
  -- The server's clock when it was recorded, never the client's.
  "timestamp" timestamptz(3) not null default now(),
  -- When the person acted: the device's clock, corrected by its measured skew.
  occurred_at timestamptz(3) not null default now(),
  user_id uuid,
  action text not null,
  entity_type text not null,
  entity_id uuid,
  ip_address inet,
  -- {field: {old, new}} of an update.
  changes jsonb,

  -- The words of the log.
  constraint activity_logs_action_known check (action in (
    'view', 'list', 'search', 'create', 'update', 'delete', 'restore', 'merge', 'import', 'export', 'print',
    'sign_in', 'sign_out', 'resolve', 'discard', 'invite', 'role_change', 'deactivate', 'reactivate', 'maintenance'
  )),
  -- Nobody acts after the server has heard of it.
  constraint activity_logs_occurred_before_recorded check (occurred_at <= "timestamp")
);
create index activity_logs_timestamp_idx on public.activity_logs ("timestamp" desc, id desc);
create index activity_logs_entity_id_idx on public.activity_logs (entity_id, "timestamp" desc);
create index activity_logs_user_id_idx on public.activity_logs (user_id, "timestamp" desc);

alter table public.activity_logs enable row level security;
-- Not even the owner is above the policies.
alter table public.activity_logs force row level security;
revoke all on public.activity_logs from public, anon, authenticated, service_role;

-- The logger records.
create policy logger_records on public.activity_logs for insert to crm_logger with check (true);

-- The logger's functions read, and show what their callers may see.
create policy logger_reads on public.activity_logs for select to crm_logger using (true);

-- Only what is older than 30 days goes. Hours, because a day can be longer than another.
create policy logger_purges on public.activity_logs for delete to crm_logger
  using ("timestamp" < now() - interval '720 hours');

-- Refuses every update and truncate, and every delete of what is not old enough, whoever asks.
create function private.guard_log() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  if tg_op = 'DELETE' and old."timestamp" < now() - interval '720 hours' then
    return old;
  end if;
  raise exception 'activity_logs is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger guard_rows before update or delete on public.activity_logs
  for each row execute function private.guard_log();
create trigger guard_table before update or truncate on public.activity_logs
  for each statement execute function private.guard_log();
-- `always`: also in a session that has switched ordinary triggers off.
alter table public.activity_logs enable always trigger guard_rows;
alter table public.activity_logs enable always trigger guard_table;

-- When the person acted, as push says in the transaction-local setting `crm.occurred_at`: {record id: time}, or
-- under '*' for all records of one change. Never later than now.
create function private.occurred_at(times jsonb, record_id uuid) returns timestamptz
language sql stable set search_path = '' as $$
  select least(coalesce((times ->> record_id::text)::timestamptz, (times ->> '*')::timestamptz, now()), now())
$$;

-- The word in the log for an update. `changes` are its changed fields; null says: not worth a row.
create function private.update_action(entity text, changes jsonb) returns text
language sql immutable set search_path = '' as $$
  select case
    when entity = 'conflicts' then case when changes ?| array['resolved_at', 'resolution'] then 'resolve' end
    when changes #> '{merged_into,new}' <> 'null' then 'merge'
    when changes #> '{deleted_at,new}' = 'null' then 'restore'
    when changes #> '{deleted_at,old}' = 'null' then 'delete'
    when entity = 'maintenance_windows' then 'maintenance'
    when entity = 'members' and changes ? 'active'
      then case changes #>> '{active,new}' when 'true' then 'reactivate' else 'deactivate' end
    when entity = 'members' and changes ? 'role' then 'role_change'
    else 'update'
  end
$$;

-- Logs the inserted rows of a statement. Statement by statement: a trigger per row costs twice as much on bulk.
create function private.log_inserts() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller uuid := private.uid();
  address inet := private.client_ip();
  times jsonb := nullif(current_setting('crm.occurred_at', true), '')::jsonb;
  word text := case tg_table_name
    when 'maintenance_windows' then 'maintenance' when 'invitations' then 'invite' else 'create' end;
begin
  insert into public.activity_logs (occurred_at, user_id, action, entity_type, entity_id, ip_address)
  -- Who signs up has no token yet, and is the member that the sign-up makes.
  select private.occurred_at(times, n.id), coalesce(caller, case tg_table_name when 'members' then n.id end),
    word, tg_table_name, n.id, address
  from new_rows n;
  return null;
end $$;

-- Logs the updated rows of a statement, with what changed.
create function private.log_updates() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  caller uuid := private.uid();
  address inet := private.client_ip();
  times jsonb := nullif(current_setting('crm.occurred_at', true), '')::jsonb;
begin
  insert into public.activity_logs (occurred_at, user_id, action, entity_type, entity_id, ip_address, changes)
  select private.occurred_at(times, c.id), caller, c.action, tg_table_name, c.id, address, c.changes
  from (
    select n.id, d.changes, private.update_action(tg_table_name, d.changes) as action
    from new_rows n join old_rows o on o.id = n.id
    -- The fields of the change with their old and new values, without the server's own bookkeeping.
    cross join lateral (
      select jsonb_object_agg(nv.key, jsonb_build_object('old', ov.value, 'new', nv.value)) as changes
      from jsonb_each(to_jsonb(n)) nv join jsonb_each(to_jsonb(o)) ov using (key)
      where nv.value <> ov.value
        and nv.key <> all ('{version, xid, updated_at, updated_by, blanked_at}')
    ) d
    -- Blanking is the retention's doing and would put into the log what it takes out of the record.
    where n.blanked_at is not distinct from o.blanked_at or n.deleted_at is null
    offset 0
  ) c
  where c.action is not null;
  return null;
end $$;

-- Logs rows that were removed by hand: the app itself only leaves tombstones.
create function private.log_deletes() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into public.activity_logs (user_id, action, entity_type, entity_id, ip_address)
  select private.uid(), 'delete', tg_table_name, o.id, private.client_ip() from old_rows o;
  return null;
end $$;

do $$
declare
  target text;
begin
  for target in select entity from private.entities order by rank loop
    -- The server's own note of a conflict is nobody's action; its resolution is.
    if target <> 'conflicts' then
      execute format(
        'create trigger log_inserts after insert on public.%I referencing new table as new_rows
           for each statement execute function private.log_inserts()', target);
    end if;
    execute format(
      'create trigger log_updates after update on public.%I
         referencing old table as old_rows new table as new_rows
         for each statement execute function private.log_updates()', target);
    execute format(
      'create trigger log_deletes after delete on public.%I referencing old table as old_rows
         for each statement execute function private.log_deletes()', target);
  end loop;
end $$;

-- Who last changed a field of a record, and when, as far back as the log goes: {by, at} or null.
create function private.last_change(record_id uuid, field text) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('by', l.user_id, 'at', l.occurred_at)
  from public.activity_logs l
  where l.entity_id = last_change.record_id and l.changes ? last_change.field
  order by l."timestamp" desc, l.id desc
  limit 1
$$;
