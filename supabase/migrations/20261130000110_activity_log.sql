-- The activity log has every action of the last 30 days (720 hours), views included. Nobody can change it.

-- One row for each action. Rows are only added, and only retention removes them.
create table public.activity_logs (
  -- The id of the client's event, or a new id for what a trigger recorded.
  id uuid primary key default gen_random_uuid(),
  -- When the server recorded the action, by its own clock.
  "timestamp" timestamptz(3) not null default now(),
  -- When the person acted, by the device's clock, corrected by its measured error.
  occurred_at timestamptz(3) not null default now(),
  user_id uuid,
  action text not null,
  entity_type text not null,
  entity_id uuid,
  ip_address inet,
  -- The changed fields of an update: {field: {old, new}}.
  changes jsonb,

  -- An action is one of the words that the page of the log can show and filter.
  constraint activity_logs_action_known check (action in (
    'view', 'list', 'search', 'create', 'update', 'delete', 'restore', 'merge', 'import', 'export', 'print',
    'sign_in', 'sign_out', 'resolve', 'discard', 'invite', 'role_change', 'deactivate', 'reactivate', 'maintenance'
  )),
  -- Nobody acts later than the server records it.
  constraint activity_logs_occurred_before_recorded check (occurred_at <= "timestamp")
);

-- The log is read by time, by record and by person.
create index activity_logs_timestamp_idx on public.activity_logs ("timestamp" desc, id desc);
create index activity_logs_entity_id_idx on public.activity_logs (entity_id, "timestamp" desc);
create index activity_logs_user_id_idx on public.activity_logs (user_id, "timestamp" desc);

alter table public.activity_logs enable row level security;
-- The policies bind the owner of the table too.
alter table public.activity_logs force row level security;
revoke all on public.activity_logs from public, anon, authenticated, service_role;

-- The logger adds rows.
create policy logger_records on public.activity_logs for insert to crm_logger with check (true);

-- The logger reads every row. Nobody can sign in as the logger, and no API role belongs to it: only its own functions
-- run with this right, and each returns what its caller may see.
create policy logger_reads on public.activity_logs for select to crm_logger using (true);

-- The logger deletes only what is older than 30 days. The limit is in hours, because days differ in length.
create policy logger_purges on public.activity_logs for delete to crm_logger
  using ("timestamp" < now() - interval '720 hours');

-- Refuses every update and truncate, and the deletion of rows that are not old enough, whoever asks.
create function private.guard_log() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  if tg_op = 'DELETE' and old."timestamp" < now() - interval '720 hours' then
    return old;
  end if;
  raise exception 'Entries in the activity log can''t be changed or deleted.' using errcode = 'insufficient_privilege';
end $$;

-- Guards each row.
create trigger guard_rows before update or delete on public.activity_logs
  for each row execute function private.guard_log();
-- Guards the table as a whole: a truncate, and an update that finds no row.
create trigger guard_table before update or truncate on public.activity_logs
  for each statement execute function private.guard_log();
-- `always` means: also in a session that has turned ordinary triggers off.
alter table public.activity_logs enable always trigger guard_rows;
alter table public.activity_logs enable always trigger guard_table;

-- Returns when the person acted, but never later than now. Push stores the times in the setting `crm.occurred_at` of
-- its transaction: {record id: time}, or under '*' one time for all records of a change.
create function private.occurred_at(times jsonb, record_id uuid) returns timestamptz
language sql stable set search_path = '' as $$
  select least(coalesce((times ->> record_id::text)::timestamptz, (times ->> '*')::timestamptz, now()), now())
$$;

-- Returns the word in the log for an update, or null if the update is not worth a row. `changes` are its changed
-- fields.
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

-- Logs the inserted rows of a statement. A trigger for each row would take twice as long in bulk.
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
  -- A person who signs up has no token yet, and is the member whom the sign-up makes.
  select private.occurred_at(times, n.id), coalesce(caller, case tg_table_name when 'members' then n.id end),
    word, tg_table_name, n.id, address
  from new_rows n;
  return null;
end $$;

-- Logs the updated rows of a statement with what changed. It looks the old row up field by field, because taking both
-- rows apart and joining their fields makes a bulk push half as slow again.
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
    -- Without the offset, Postgres would build these once for each field instead of once for each row.
    cross join lateral (select to_jsonb(n) as new_row, to_jsonb(o) as old_row offset 0) j
    -- The changed fields with their old and new values, without those that only the server writes.
    cross join lateral (
      select jsonb_object_agg(f.key, jsonb_build_object('old', j.old_row -> f.key, 'new', f.value)) as changes
      from jsonb_each(j.new_row) f
      where f.value <> j.old_row -> f.key
        and f.key <> all ('{version, xid, updated_at, updated_by, blanked_at, stage_changes}')
    ) d
    -- Retention blanks tombstones and conflicts. Logging that would put into the log what it takes out of the row.
    where n.blanked_at is null or o.blanked_at is not null
    offset 0
  ) c
  where c.action is not null;
  return null;
end $$;

-- Logs rows that were deleted by hand. The app itself only leaves tombstones.
create function private.log_deletes() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into public.activity_logs (user_id, action, entity_type, entity_id, ip_address)
  select private.uid(), 'delete', tg_table_name, o.id, private.client_ip() from old_rows o;
  return null;
end $$;

-- Every synced table is logged.
do $$
declare
  target text;
begin
  for target in select entity from private.entities order by pull_order loop
    -- Nobody acts if the server notes a conflict. Its resolution is an act.
    if target <> 'conflicts' then
      execute format(
        'create trigger log_inserts after insert on public.%I referencing new table as new_rows
           for each statement execute function private.log_inserts()', target);
    end if;
    -- Logs what changes.
    execute format(
      'create trigger log_updates after update on public.%I
         referencing old table as old_rows new table as new_rows
         for each statement execute function private.log_updates()', target);
    -- Logs what is deleted by hand.
    execute format(
      'create trigger log_deletes after delete on public.%I referencing old table as old_rows
         for each statement execute function private.log_deletes()', target);
  end loop;
end $$;

-- Logs that the password of an account was changed, by its owner or by a recovery link, and never the password
-- itself. The sign-in service names nobody when it writes, so the account counts as the person who acted.
create function private.log_password() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into public.activity_logs (user_id, action, entity_type, entity_id, ip_address, changes)
  values (coalesce(private.uid(), new.id), 'update', 'members', new.id, private.client_ip(),
    '{"password": {"old": null, "new": null}}');
  return null;
end $$;

-- Logs every change of a password.
create trigger log_password after update of encrypted_password on auth.users
  for each row when (new.encrypted_password is distinct from old.encrypted_password)
  execute function private.log_password();

-- Returns who last changed a field of a record, and when: {by, at}. It is null if the log, which is read for 30 days,
-- does not say.
create function private.last_change(record_id uuid, field text) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('by', l.user_id, 'at', l.occurred_at)
  from public.activity_logs l
  where l.entity_id = last_change.record_id and l.changes ? last_change.field
    and l."timestamp" >= now() - interval '720 hours'
  order by l."timestamp" desc, l.id desc
  limit 1
$$;

-- Returns a page of the log, newest first. Entries that came with one call are in the order in which they were done.
-- Only `api.activity_log` calls it, and checks the caller.
create function private.read_log(request jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' set timezone = 'UTC' as $$
declare
  most int := greatest(1, least(coalesce((request ->> 'limit')::numeric, 100), 500))::int;
  before_time timestamptz := split_part(request ->> 'before', '|', 1)::timestamptz;
  before_id uuid := split_part(request ->> 'before', '|', 2)::uuid;
  before_act timestamptz := nullif(split_part(request ->> 'before', '|', 3), '')::timestamptz;
  since timestamptz := (request ->> 'since')::timestamptz;
  until timestamptz := (request ->> 'until')::timestamptz;
  network inet := (request ->> 'ip')::inet;
  entries jsonb;
begin
  select coalesce(jsonb_agg(to_jsonb(l) order by l."timestamp" desc, l.occurred_at desc, l.id desc), '[]')
  into entries
  from (
    select a.id, a."timestamp", a.occurred_at, a.user_id, a.action, a.entity_type, a.entity_id,
      host(a.ip_address) as ip_address, a.changes
    from public.activity_logs a
    -- An act is recorded after it is done, so the first bound finds all entries by index. The second is the filter.
    where a."timestamp" >= greatest(now() - interval '720 hours', since)
      and (since is null or a.occurred_at >= since)
      and (until is null or a.occurred_at < until)
      and (before_time is null or (a."timestamp", a.occurred_at, a.id) < (before_time, before_act, before_id))
      and (network is null or a.ip_address <<= network)
      and (request ->> 'user_id' is null or a.user_id = (request ->> 'user_id')::uuid)
      and (request ->> 'entity_type' is null or a.entity_type = request ->> 'entity_type')
      and (request ->> 'entity_id' is null or a.entity_id = (request ->> 'entity_id')::uuid)
      and (request ->> 'action' is null or a.action = request ->> 'action')
    order by a."timestamp" desc, a.occurred_at desc, a.id desc
    limit most
  ) l;
  return jsonb_build_object('entries', entries, 'before', case
    when jsonb_array_length(entries) = most
    then concat_ws('|', entries -> -1 ->> 'timestamp', entries -> -1 ->> 'id', entries -> -1 ->> 'occurred_at') end);
end $$;

-- Returns a page of the activity log for managers and admins, newest first. Request: {before, limit up to 500,
-- user_id?, entity_type?, entity_id?, action?, since?, until?, ip?}. `since` (inclusive) and `until` (exclusive) are
-- times of the act, and `ip` is an address or a network. Answer: {entries: [{id, timestamp, occurred_at, user_id,
-- action, entity_type, entity_id, ip_address, changes}], before, retention: {kept_hours, last_run}}. `before` goes
-- into the request for the next page, and is null after the last page. Errors: invalid_request, not_a_member,
-- deactivated, forbidden.
create function api.activity_log(request jsonb) returns jsonb
language plpgsql stable security invoker set search_path = '' set timezone = 'UTC' as $$
declare
  refusal jsonb := private.admit_caller();
begin
  if refusal is not null then
    return refusal;
  end if;
  if not private.is_manager() then
    perform private.fail('forbidden', 'Only managers and admins can see the activity log.', 403);
  end if;
  if jsonb_typeof(request) is distinct from 'object' then
    perform private.fail('invalid_request', 'Send the request as a JSON object.', 400);
  end if;
  return private.read_log(request) || jsonb_build_object('retention', private.log_retention());
exception when data_exception then
  perform private.fail('invalid_request', 'A filter isn''t valid.', 400);
  return null;
end $$;
