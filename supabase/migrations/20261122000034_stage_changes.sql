-- How a deal went through the pipeline: the server notes each change of stage in the deal itself, so that it syncs with
-- it, outlives the activity log, and tells the truth whoever moved the deal and however a conflict ended.

-- [{at, by, from, to}], the oldest first.
-- contract: the server alone writes it, so it has no row in private.fields
alter table public.deals add column stage_changes jsonb not null default '[]'
  -- A list.
  constraint deals_stage_changes_list check (jsonb_typeof(stage_changes) = 'array');

-- Notes a change of stage with when the person acted and who it was. The newest 100 are kept.
create function private.note_stage_change() returns trigger
language plpgsql volatile set search_path = '' as $$
declare
  times jsonb := nullif(current_setting('crm.occurred_at', true), '')::jsonb;
begin
  new.stage_changes := case when jsonb_array_length(old.stage_changes) < 100
      then old.stage_changes else old.stage_changes - 0 end
    || jsonb_build_object(
      'at', to_char(private.occurred_at(times, new.id) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'by', coalesce(private.uid(), new.updated_by), 'from', old.stage, 'to', new.stage);
  return new;
end $$;
revoke execute on function private.note_stage_change() from public;
-- Blanking a tombstone takes its stage back to the default and is no move.
create trigger note_stage_change before update on public.deals
  for each row when (new.stage <> old.stage and new.blanked_at is not distinct from old.blanked_at)
  execute function private.note_stage_change();

-- Logs the updated rows of a statement, with what changed.
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
    -- The fields of the change with their old and new values, without the server's own bookkeeping.
    cross join lateral (
      select jsonb_object_agg(nv.key, jsonb_build_object('old', ov.value, 'new', nv.value)) as changes
      from jsonb_each(to_jsonb(n)) nv join jsonb_each(to_jsonb(o)) ov using (key)
      where nv.value <> ov.value
        and nv.key <> all ('{version, xid, updated_at, updated_by, blanked_at, stage_changes}')
    ) d
    -- Blanking is the retention's doing and would put into the log what it takes out of the record.
    where n.blanked_at is not distinct from o.blanked_at or n.deleted_at is null
    offset 0
  ) c
  where c.action is not null;
  return null;
end $$;
