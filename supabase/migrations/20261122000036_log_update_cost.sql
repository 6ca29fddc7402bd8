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
    -- Blanking is the retention's doing and would put into the log what it takes out of the record.
    where n.blanked_at is not distinct from o.blanked_at or n.deleted_at is null
    offset 0
  ) c
  where c.action is not null;
  return null;
end $$;
