-- Where something of what everybody did could still be read after 30 days, or went into the log anew.

-- Logs the updated rows of a statement, with what changed. The old row is looked up field by field: taking both rows
-- apart and joining their fields cost a bulk push half as much again.
create or replace function private.log_updates() returns trigger
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
    -- Once a row: without the offset each field would build it again.
    cross join lateral (select to_jsonb(n) as new_row, to_jsonb(o) as old_row offset 0) j
    -- The fields of the change with their old and new values, without the server's own bookkeeping.
    cross join lateral (
      select jsonb_object_agg(f.key, jsonb_build_object('old', j.old_row -> f.key, 'new', f.value)) as changes
      from jsonb_each(j.new_row) f
      where f.value <> j.old_row -> f.key
        and f.key <> all ('{version, xid, updated_at, updated_by, blanked_at, stage_changes}')
    ) d
    -- Blanking, of a tombstone or of a conflict, is the retention's doing and would put into the log what it takes out
    -- of the row.
    where n.blanked_at is null or o.blanked_at is not null
    offset 0
  ) c
  where c.action is not null;
  return null;
end $$;

-- Who last changed a field of a record, and when, as far back as the log is read: {by, at} or null.
create or replace function private.last_change(record_id uuid, field text) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('by', l.user_id, 'at', l.occurred_at)
  from public.activity_logs l
  where l.entity_id = last_change.record_id and l.changes ? last_change.field
    and l."timestamp" >= now() - interval '720 hours'
  order by l."timestamp" desc, l.id desc
  limit 1
$$;

-- Keeps each clash of a merge as a conflict about its field, naming who changed it and when. Whoever changed the
-- record last need not have changed this field: where the log does not say, only a record that nobody has changed
-- since it was made tells.
create or replace function private.keep_clashes(mutation jsonb, clashes jsonb, current jsonb) returns void
language plpgsql volatile set search_path = '' as $$
declare
  clash jsonb;
  change jsonb;
begin
  for clash in select c from jsonb_array_elements(clashes) c loop
    change := coalesce(
      private.last_change((current ->> 'id')::uuid, clash ->> 'field'),
      case current ->> 'version'
        when '1' then jsonb_build_object('by', current -> 'updated_by', 'at', current -> 'updated_at') end);
    perform private.keep_conflict(
      mutation, 'field', clash ->> 'field', clash -> 'base', clash -> 'mine', clash -> 'theirs',
      (change ->> 'by')::uuid, (change ->> 'at')::timestamptz,
      jsonb_build_object(clash ->> 'field', clash -> 'mine') || case
        when clash ->> 'field' = 'stage' and mutation -> 'patch' ? 'position'
        then jsonb_build_object('position', mutation #> '{patch,position}') else '{}' end);
  end loop;
end $$;

-- Empties the conflicts that were decided 30 days ago, and those about records whose deletion is 30 days old: there is
-- nothing left to decide, and the open ones close. That there was one, and how it ended, stays. Rows in use wait a
-- night. Says how many.
create or replace function private.blank_conflicts() returns bigint
language plpgsql volatile security definer set search_path = '' as $$
declare
  kind text;
  expired uuid[];
  blanked bigint;
begin
  expired := array(select c.id from public.conflicts c where c.resolved_at < now() - interval '720 hours');
  for kind in select e.entity from private.entities e where e.may_delete order by e.rank loop
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

-- Removes what is too old from a log of the platform, where there is one and it may be cleaned. Says how many rows.
-- `time_columns` are asked in their order: a run of the scheduler that a restart cuts off has begun and never ends.
drop function private.purge_platform_log(text, text);
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
revoke execute on function private.purge_platform_log(text, text[]) from public, anon, authenticated, service_role;

-- Removes everything that is too old, by age and not by date, so that a missed night is caught up; records the run
-- and returns what it removed. Runs every night. Two at once take turns.
create or replace function private.enforce_retention() returns jsonb
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

-- Rows of one entity, at most `most`: everything that lives or can be restored, in the order of ids; or from `base`
-- on what has changed, tombstones too, in the order of transactions. A conflict that was emptied still lives: a new
-- device holds what the others hold. Gives the rows as lists of values, how many they are, and where the last one
-- stands. `json` here and below, because building `jsonb` from `jsonb` copies all of it each time.
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
  if place ->> 'base' is null then
    ordering := 't.id';
    condition := '(t.blanked_at is null or t.deleted_at is null)'
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
