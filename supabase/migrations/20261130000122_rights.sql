-- This is the list of everything that is allowed. Anything that is not granted here is refused. The app
-- hides what a person may not do, and these rights forbid it.

-- Some functions run as their caller, who therefore has to reach what they use.
grant usage on schema public, private to authenticated, crm_logger;
grant usage on schema api to anon, authenticated;

-- The book of business is shared.
do $$
declare
  target text;
begin
  foreach target in array array['companies', 'contacts', 'deals', 'notes', 'tasks'] loop
    -- Nobody may delete: a deletion is an update that leaves a tombstone.
    execute format('grant select, insert, update on public.%I to authenticated', target);
    -- Every active member reads all records.
    execute format(
      'create policy members_read on public.%I for select to authenticated
         using ((select private.my_role()) is not null)', target);
    -- Everybody who may write adds records.
    execute format(
      'create policy writers_insert on public.%I for insert to authenticated
         with check ((select private.is_writer()))', target);
    -- Everybody who may write changes all records.
    execute format(
      'create policy writers_update on public.%I for update to authenticated
         using ((select private.is_writer())) with check ((select private.is_writer()))', target);
  end loop;
end $$;

-- Saved views and imports belong to their author.
do $$
declare
  target text;
begin
  foreach target in array array['saved_views', 'import_batches'] loop
    execute format('grant select, insert, update on public.%I to authenticated', target);
    -- Only the author reads them.
    execute format(
      'create policy author_reads on public.%I for select to authenticated
         using (created_by = (select private.uid()) and (select private.my_role()) is not null)', target);
    -- A person who may write adds them in their own name.
    execute format(
      'create policy author_inserts on public.%I for insert to authenticated
         with check (created_by = (select private.uid()) and (select private.is_writer()))', target);
    -- Only the author changes them, and cannot give them away.
    execute format(
      'create policy author_updates on public.%I for update to authenticated
         using (created_by = (select private.uid()) and (select private.is_writer()))
         with check (created_by = (select private.uid()))', target);
  end loop;
end $$;

grant select, update (full_name, role, active) on public.members to authenticated;

-- Everybody sees who is on the team.
create policy members_read on public.members for select to authenticated
  using ((select private.my_role()) is not null);

-- Members change their own profile, and admins change all. `private.guard_members` decides about the fields.
create policy own_profile_or_admin_updates on public.members for update to authenticated
  using ((select private.my_role()) = 'admin' or (id = (select private.uid()) and (select private.is_writer())))
  with check ((select private.my_role()) = 'admin' or id = (select private.uid()));

grant select, insert, update on public.maintenance_windows to authenticated;

-- Everybody sees the maintenance windows.
create policy members_read on public.maintenance_windows for select to authenticated
  using ((select private.my_role()) is not null);

-- Admins announce them.
create policy admins_insert on public.maintenance_windows for insert to authenticated
  with check ((select private.my_role()) = 'admin');

-- Admins move, close and cancel them.
create policy admins_update on public.maintenance_windows for update to authenticated
  using ((select private.my_role()) = 'admin') with check ((select private.my_role()) = 'admin');

-- A person writes the decision about a conflict, and nothing else of it.
grant select, update (resolved_at, resolution) on public.conflicts to authenticated;

-- The author reads a conflict. If the author has left the team, the managers read it.
create policy author_or_manager_of_leaver_reads on public.conflicts for select to authenticated
  using (
    (author_id = (select private.uid()) and (select private.my_role()) is not null)
    or ((select private.is_manager()) and author_id in (select m.id from public.members m where not m.active))
  );

-- Everybody who reads a conflict may decide it. That includes read-only members, because it is their own inbox.
create policy author_or_manager_of_leaver_decides on public.conflicts for update to authenticated
  using (
    (author_id = (select private.uid()) and (select private.my_role()) is not null)
    or ((select private.is_manager()) and author_id in (select m.id from public.members m where not m.active))
  );

-- The functions that run as their caller read what devices may send.
grant select on private.entities, private.fields to authenticated;
grant select on private.entities to crm_logger;

-- Nobody may execute a function that is not named below.
revoke execute on all functions in schema api, private from public, anon, authenticated, service_role;

-- Everybody may ask for the health of the installation, and nothing else without signing in.
grant execute on function api.health(text) to anon, authenticated;

-- The app calls these. Each of them checks what its caller may do.
grant execute on function
  api.sync_push(jsonb), api.sync_pull(jsonb), api.digest(jsonb), api.activity_log(jsonb), api.invite(jsonb)
to authenticated;

-- The functions of `api`, the policies and the constraints run as the caller, and so do the functions that they use.
-- Not on the list are the functions that make and use invitations, retention and its parts, and the triggers.
grant execute on function
  -- schemas
  private.uid(), private.client_ip(), private.fail(text, text, int, int), private.is_uuid(jsonb),
  private.to_time(jsonb),
  -- records
  private.is_tag_list(text[]), private.is_labelled_set(jsonb), private.is_currency(text),
  -- members
  private.my_role(), private.is_writer(), private.is_manager(), private.is_deactivated(),
  -- maintenance_windows
  private.maintenance_seconds(), private.refuse_in_maintenance(), private.is_maintenance_push(jsonb),
  -- activity_log
  private.occurred_at(jsonb, uuid), private.update_action(text, jsonb), private.last_change(uuid, text),
  private.read_log(jsonb),
  -- admission
  private.code_hash(text), private.admit_caller(), private.protocol(), private.check_envelope(jsonb),
  private.check_protocol(jsonb), private.open_push(uuid), private.close_events(uuid, numeric),
  -- receipts
  private.receipt_lifetime(), private.known_outcomes(uuid[]), private.keep_receipts(jsonb),
  private.refusal_message(text), private.refusal(text, text), private.as_results(jsonb, jsonb),
  private.keep_conflict(jsonb, text, text, jsonb, jsonb, jsonb, uuid, timestamptz, jsonb, jsonb),
  private.keep_clashes(jsonb, jsonb, jsonb), private.keep_deleted(jsonb, jsonb),
  private.keep_refused(jsonb, text, text, text), private.keep_reason(jsonb, jsonb),
  private.is_refused_insert(uuid[]), private.waiting_of_leaver(), private.keep_outbox(jsonb[], jsonb),
  -- merge_rules
  private.merge_set(jsonb, jsonb, jsonb), private.by_value(jsonb), private.merge_keyed_set(jsonb, jsonb, jsonb),
  private.merge_mark(jsonb, jsonb, jsonb), private.decide_stage(jsonb, jsonb, jsonb, jsonb),
  private.merge_fields(text, jsonb, jsonb, jsonb),
  -- apply
  private.current_record(text, uuid), private.cast_fields(text, jsonb),
  private.write_fields(text, uuid, jsonb, text), private.malformed_field(text, jsonb[]),
  private.check_patch(text, jsonb), private.insert_defaults(text, jsonb), private.writable_columns(text),
  private.apply_insert(jsonb, jsonb), private.apply_update(jsonb, jsonb), private.apply_delete(jsonb, jsonb),
  private.apply_restore(jsonb, jsonb), private.restore_and_merge(jsonb, jsonb), private.apply_mutation(jsonb, text),
  -- merge_records
  private.move_to_company(uuid[], uuid), private.replace_contacts(uuid[], uuid[], uuid),
  private.move_to_contact(uuid[], uuid), private.merged_fields(text, jsonb, jsonb[], jsonb), private.to_ids(jsonb),
  private.usable_choices(jsonb, uuid[]), private.apply_merge(jsonb), private.referred_ids(jsonb[], text, text[]),
  private.survivors(text, uuid[]), private.redirects(jsonb[]), private.redirect_fields(jsonb, jsonb),
  private.redirect(jsonb, jsonb),
  -- batches
  private.set_batch_times(jsonb[]), private.insert_batch(text, jsonb[]), private.update_batch(text, jsonb[]),
  private.delete_batch(text, jsonb[]), private.try_batch(jsonb[]), private.run_keys(jsonb[]),
  private.run_end(jsonb[], text[], int, jsonb),
  -- units
  private.refusal_code(text, text), private.refused_field(jsonb, text, text), private.named_ids(jsonb),
  private.decided_question(jsonb[]), private.keep_question(uuid, jsonb[], jsonb),
  private.refuse_unit(jsonb[], jsonb, text, text), private.apply_unit(jsonb[], text),
  private.apply_batch(jsonb[], text), private.lock_targets(jsonb[]), private.apply_mutations(jsonb[], jsonb, text),
  -- push
  private.event_problem(jsonb), private.record_events(jsonb, interval, numeric), private.are_mutations(jsonb),
  private.check_push(jsonb), private.date_act(jsonb, jsonb, timestamptz, interval), private.prepare_mutations(jsonb, interval),
  private.push_mutations(jsonb, interval), private.push_events(jsonb, interval, numeric),
  -- pull
  private.epoch(), private.to_snapshot(text), private.cursor_snapshot(text), private.wire_columns(text),
  private.pull_position(jsonb), private.pull_rows(text, text[], jsonb, int), private.pull_page(jsonb, int),
  -- digest
  private.canonical_json(jsonb), private.digest_arguments(text, text[]), private.digest_content(text, text[]),
  private.digest_rows(text, jsonb),
  -- retention
  private.log_retention()
to authenticated;

-- The functions of the logger use these.
grant execute on function
  private.uid(), private.my_role(), private.client_ip(), private.is_uuid(jsonb), private.to_time(jsonb),
  private.occurred_at(jsonb, uuid), private.update_action(text, jsonb), private.event_problem(jsonb)
to crm_logger;

-- The log, and the functions that write, read and purge it, belong to the logger alone. A role can become an owner
-- only while it may create objects in the schema.
grant create on schema public, private to crm_logger;
alter table public.activity_logs owner to crm_logger;
alter function private.log_inserts() owner to crm_logger;
alter function private.log_updates() owner to crm_logger;
alter function private.log_deletes() owner to crm_logger;
alter function private.log_password() owner to crm_logger;
alter function private.record_events(jsonb, interval, numeric) owner to crm_logger;
alter function private.last_change(uuid, text) owner to crm_logger;
alter function private.read_log(jsonb) owner to crm_logger;
alter function private.purge_log() owner to crm_logger;
alter function private.is_log_young() owner to crm_logger;
revoke create on schema public, private from crm_logger;

-- The first run of retention, so that the health check is good from the start.
select private.enforce_retention();
