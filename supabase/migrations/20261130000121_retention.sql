-- Retention: removes what is too old. Logs and the content of deleted records go after 30 days (720 hours, always by
-- age), receipts after 90.

-- The runs of retention, and what each removed.
create table private.retention_runs (
  id bigint generated always as identity primary key,
  ran_at timestamptz not null default now(),
  removed jsonb not null
);
-- The health check and the page of the log read the newest run.
create index retention_runs_ran_at_idx on private.retention_runs (ran_at desc);

-- Deletes what is too old from the activity log and returns the number of rows. Rows leave the log in no other way.
create function private.purge_log() returns bigint
language sql volatile security definer set search_path = '' as $$
  with purged as (
    delete from public.activity_logs where "timestamp" < now() - interval '720 hours' returning 1
  )
  select count(*) from purged
$$;

-- Says whether the log has nothing older than 31 days. The extra day gives the purge time to run.
create function private.is_log_young() returns boolean
language sql stable security definer set search_path = '' as $$
  select not exists (select from public.activity_logs where "timestamp" < now() - interval '744 hours')
$$;

-- Empties the deleted records of an entity after 30 days and returns their number. The id, the version, the times,
-- `merged_into` and the deletion itself stay, so that a device that was away for a year still learns of it. Rows in
-- use are left for the next night.
create function private.blank_tombstones(entity text) returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare
  blanks text;
  blanked bigint;
begin
  select string_agg(format('%I = default', a.attname), ', ') into blanks
  from pg_catalog.pg_attribute a
  where a.attrelid = ('public.' || entity)::regclass and a.attnum > 0 and not a.attisdropped
    and not exists (
      select from pg_catalog.pg_attribute r where r.attrelid = 'private.record'::regclass and r.attname = a.attname)
    and a.attname <> 'merged_into';
  execute format(
    'update public.%1$I set %2$s, blanked_at = now()
     where id in (
       select t.id from public.%1$I t
       where t.deleted_at < now() - interval ''720 hours'' and t.blanked_at is null
       for update skip locked
     )', entity, blanks);
  get diagnostics blanked = row_count;
  return blanked;
end $$;

-- Empties the conflicts that were decided 30 days ago, and those about records that were deleted 30 days ago. Nothing
-- is left to decide, so open ones are closed. The conflict itself and its resolution stay. Rows in use are left for
-- the next night. Returns the number of rows.
create function private.blank_conflicts() returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare
  kind text;
  expired uuid[];
  blanked bigint;
begin
  expired := array(select c.id from public.conflicts c where c.resolved_at < now() - interval '720 hours');
  for kind in select e.entity from private.entities e where e.may_delete order by e.pull_order loop
    execute format(
      'select $1 || array(
         select c.id from public.conflicts c join public.%1$I t on t.id = c.record_id
         where c.entity = %1$L and t.blanked_at is not null and c.blanked_at is null)', kind)
    into expired using expired;
  end loop;
  update public.conflicts c set
    base = null, mine = null, theirs = null, patch = null, theirs_by = null, theirs_at = null,
    resolved_at = coalesce(c.resolved_at, now()), resolution = coalesce(c.resolution, 'expired'), blanked_at = now()
  where c.id in (
    select k.id from public.conflicts k where k.id = any(expired) and k.blanked_at is null for update skip locked
  );
  get diagnostics blanked = row_count;
  return blanked;
end $$;

-- Deletes what is too old from a log of the platform, if the log exists, and returns the number of rows. The age of a
-- row is the first of `time_columns` that is not null: a scheduled run that a restart cuts off has a start and no
-- end.
create function private.purge_platform_log(log text, variadic time_columns text[]) returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare
  purged bigint;
begin
  if to_regclass(log) is null then
    return 0;
  end if;
  execute format(
    'delete from %s where coalesce(%s) < now() - interval ''720 hours''', to_regclass(log),
    (select string_agg(quote_ident(u.name), ', ' order by u.place)
     from unnest(time_columns) with ordinality u (name, place)));
  get diagnostics purged = row_count;
  return purged;
end $$;

-- Removes everything that is too old, by age and not by date, so that it catches up on a missed night. It records the
-- run and returns what it removed. It runs every night. Two runs at once take turns.
create function private.enforce_retention() returns jsonb
language plpgsql volatile security definer set search_path = '' set timezone = 'UTC' as $$
declare
  kind text;
  counted bigint;
  removed jsonb := '{}'::jsonb;
begin
  perform pg_advisory_xact_lock(hashtext('private.enforce_retention'));
  removed := jsonb_build_object(
    'activity_logs', private.purge_log(),
    'auth.audit_log_entries', private.purge_platform_log('auth.audit_log_entries', 'created_at'),
    'cron.job_run_details', private.purge_platform_log('cron.job_run_details', 'end_time', 'start_time'));

  for kind in select e.entity from private.entities e where e.may_delete order by e.pull_order loop
    removed := removed || jsonb_build_object(kind, private.blank_tombstones(kind));
  end loop;
  removed := removed || jsonb_build_object('conflicts', private.blank_conflicts());

  delete from private.receipts r where r.received_at < now() - private.receipt_lifetime();
  get diagnostics counted = row_count;
  removed := removed || jsonb_build_object('receipts', counted);

  delete from public.invitations i
  where coalesce(i.used_at, i.expires_at) < now() - interval '720 hours';
  get diagnostics counted = row_count;
  removed := removed || jsonb_build_object('invitations', counted);

  delete from private.retention_runs r where r.ran_at < now() - interval '720 hours';
  insert into private.retention_runs (removed) values (removed);
  return removed;
end $$;

-- Schedules retention every night at 03:17 UTC if the platform has a scheduler for this database.
do $$
begin
  if not exists (select from pg_catalog.pg_extension where extname = 'pg_cron') then
    if not exists (select from pg_catalog.pg_available_extensions where name = 'pg_cron') then
      return;
    end if;
    -- Not every role may read which database the scheduler serves.
    if not pg_catalog.pg_has_role('pg_read_all_settings', 'usage') then
      return;
    end if;
    if current_setting('cron.database_name', true) is distinct from current_database() then
      return;
    end if;
    create extension pg_cron;
  end if;
  perform cron.schedule('enforce-retention', '17 3 * * *', 'select private.enforce_retention()');
end $$;

-- Returns how long the log keeps an entry, and when retention last ran: {kept_hours, last_run}.
create function private.log_retention() returns jsonb
language sql stable security definer set search_path = '' set timezone = 'UTC' as $$
  select jsonb_build_object('kept_hours', 720, 'last_run', max(r.ran_at)) from private.retention_runs r
$$;

-- Answers `crm-ok` to the uptime monitor if the newest purge is less than 26 hours old and the log has nothing older
-- than 31 days, and otherwise `crm-stale`. It also answers during maintenance, and tells nobody anything else. The
-- parameter takes the key that a monitor has to send in the URL, and is not read.
create function api.health(apikey text default null) returns text
language sql stable security definer set search_path = '' as $$
  select case when coalesce(
    (select max(r.ran_at) from private.retention_runs r) > now() - interval '26 hours' and private.is_log_young(),
    false)
    then 'crm-ok' else 'crm-stale' end
$$;
