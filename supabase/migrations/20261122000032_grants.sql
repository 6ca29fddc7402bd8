-- Who may execute what: nobody by default, then name by name.

revoke execute on all functions in schema api, private from public, anon, authenticated, service_role;

-- Without signing in: the health of the installation, and nothing else.
grant execute on function api.health(text) to anon, authenticated;

-- Signed in: what the app calls. Each function checks what its caller may do.
grant execute on function
  api.sync_push(jsonb), api.sync_pull(jsonb), api.digest(jsonb), api.activity_log(jsonb), api.invite(jsonb)
to authenticated;

-- The functions of `api`, the policies and the constraints run as the caller, and so does everything that they are
-- made of but these: making and using invitations, retention and its parts, and what runs by trigger.
do $$
declare
  part regprocedure;
begin
  for part in
    select p.oid from pg_catalog.pg_proc p
    where p.pronamespace = 'private'::regnamespace
      and p.prorettype <> 'trigger'::regtype
      and p.proname not in (
        'make_synced', 'create_invitation', 'use_invitation', 'enforce_retention', 'purge_log', 'purge_platform_log',
        'blank_tombstones', 'blank_conflicts', 'is_log_young', 'setting'
      )
  loop
    execute format('grant execute on function %s to authenticated', part);
  end loop;
end $$;

-- The logger's functions need these.
grant select on private.entities to crm_logger;
grant execute on function
  private.uid(), private.my_role(), private.client_ip(), private.is_uuid(jsonb), private.to_time(jsonb),
  private.occurred_at(jsonb, uuid), private.update_action(text, jsonb),
  private.event_problem(jsonb)
to crm_logger;

-- What the logger runs and the other definer functions call.
grant execute on function private.purge_log(), private.is_log_young() to current_user;

-- The log and what writes, reads and purges it belong to the logger alone.
alter table public.activity_logs owner to crm_logger;
alter function private.log_inserts() owner to crm_logger;
alter function private.log_updates() owner to crm_logger;
alter function private.log_deletes() owner to crm_logger;
alter function private.record_events(jsonb, interval, numeric) owner to crm_logger;
alter function private.last_change(uuid, text) owner to crm_logger;
alter function private.read_log(jsonb) owner to crm_logger;
alter function private.purge_log() owner to crm_logger;
alter function private.is_log_young() owner to crm_logger;
revoke create on schema public, private from crm_logger;

-- The first run, so that the health is good from the start.
select private.enforce_retention();
