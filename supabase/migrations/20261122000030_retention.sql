-- Nothing outlives its time: 30 days (720 hours, always by age) for logs and for the content of deleted records, 90
-- for receipts.

-- When retention ran and how much it removed.
create table private.retention_runs (
  id bigint generated always as identity primary key,
  ran_at timestamptz not null default now(),
  removed jsonb not null
);
create index retention_runs_ran_at_idx on private.retention_runs (ran_at desc);

-- Deletes what is too old from the activity log and says how many rows. The one way in which rows leave it.
create function private.purge_log() returns bigint
language sql volatile security definer set search_path = '' as $$
  with purged as (
    delete from public.activity_logs where "timestamp" < now() - interval '720 hours' returning 1
  )
  select count(*) from purged
$$;

-- Whether the log holds nothing older than 31 days: a day of grace for the purge.
create function private.is_log_young() returns boolean
language sql stable security definer set search_path = '' as $$
  select not exists (select from public.activity_logs where "timestamp" < now() - interval '744 hours')
$$;

-- Empties the deleted records of an entity after 30 days and says how many. Id, version, times, `merged_into` and the
-- fact of the deletion stay, so that a device that was away for a year still learns of it. Rows in use wait a night.
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

-- Empties the conflicts about records whose deletion is 30 days old, and closes those still open: there is nothing
-- left to decide. Says how many.
create function private.blank_conflicts() returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare
  kind text;
  blanked bigint;
  total bigint := 0;
begin
  for kind in select e.entity from private.entities e where e.may_delete order by e.rank loop
    execute format(
      'update public.conflicts c set base = null, mine = null, theirs = null, patch = null,
         resolved_at = coalesce(c.resolved_at, now()), resolution = coalesce(c.resolution, ''expired''),
         blanked_at = now()
       from public.%1$I t
       where c.entity = %1$L and c.record_id = t.id and t.blanked_at is not null and c.blanked_at is null', kind);
    get diagnostics blanked = row_count;
    total := total + blanked;
  end loop;
  return total;
end $$;

-- Removes what is too old from a log of the platform, where there is one and it may be cleaned. Says how many rows.
create function private.purge_platform_log(log text, time_column text) returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare
  purged bigint;
begin
  if to_regclass(log) is null then
    return 0;
  end if;
  execute format('delete from %s where %I < now() - interval ''720 hours''', to_regclass(log), time_column);
  get diagnostics purged = row_count;
  return purged;
end $$;

-- Removes everything that is too old, by age and not by date, so that a missed night is caught up; records the run
-- and returns what it removed. Runs every night. Two at once take turns.
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
    'cron.job_run_details', private.purge_platform_log('cron.job_run_details', 'end_time'));

  for kind in select e.entity from private.entities e where e.may_delete order by e.rank loop
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

-- Every night at 03:17 UTC, where the platform has a scheduler for this database: it is there already, or may be made.
do $$
begin
  if not exists (select from pg_catalog.pg_extension where extname = 'pg_cron') then
    if not exists (select from pg_catalog.pg_available_extensions where name = 'pg_cron') then
      return;
    end if;
    -- Which database the scheduler serves is not for every role to read.
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
