-- Who may read and write which row. The app hides what a person may not do; this is what forbids it.

-- The book of business is shared: every active member reads all of it, every writer writes all of it. Nobody
-- deletes: a deletion is an update that leaves a tombstone.
do $$
declare
  target text;
begin
  foreach target in array array['companies', 'contacts', 'deals', 'notes', 'tasks'] loop
    execute format('grant select, insert, update on public.%I to authenticated', target);
    execute format(
      'create policy members_read on public.%I for select to authenticated
         using ((select private.my_role()) is not null)', target);
    execute format(
      'create policy writers_insert on public.%I for insert to authenticated
         with check ((select private.is_writer()))', target);
    execute format(
      'create policy writers_update on public.%I for update to authenticated
         using ((select private.is_writer())) with check ((select private.is_writer()))', target);
  end loop;
end $$;

-- Saved views and imports are their author's alone.
do $$
declare
  target text;
begin
  foreach target in array array['saved_views', 'import_batches'] loop
    execute format('grant select, insert, update on public.%I to authenticated', target);
    execute format(
      'create policy author_reads on public.%I for select to authenticated
         using (created_by = (select private.uid()) and (select private.my_role()) is not null)', target);
    execute format(
      'create policy author_inserts on public.%I for insert to authenticated
         with check (created_by = (select private.uid()) and (select private.is_writer()))', target);
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

-- A member's own profile, and everybody's for the admin; `private.guard_members` says which fields.
create policy own_profile_or_admin_updates on public.members for update to authenticated
  using ((select private.my_role()) = 'admin' or (id = (select private.uid()) and (select private.is_writer())))
  with check ((select private.my_role()) = 'admin' or id = (select private.uid()));

grant select, insert, update on public.maintenance_windows to authenticated;

-- Everybody is told of maintenance.
create policy members_read on public.maintenance_windows for select to authenticated
  using ((select private.my_role()) is not null);

-- Admins announce it.
create policy admins_insert on public.maintenance_windows for insert to authenticated
  with check ((select private.my_role()) = 'admin');

-- Admins move it, close it and call it off.
create policy admins_update on public.maintenance_windows for update to authenticated
  using ((select private.my_role()) = 'admin') with check ((select private.my_role()) = 'admin');

-- What a person decides about a conflict, and nothing else of it.
grant select, update (resolved_at, resolution) on public.conflicts to authenticated;

-- A conflict is its author's; when the author has left, the managers'.
create policy author_or_manager_of_leaver_reads on public.conflicts for select to authenticated
  using (
    (author_id = (select private.uid()) and (select private.my_role()) is not null)
    or ((select private.is_manager()) and author_id in (select m.id from public.members m where not m.active))
  );

-- Whoever reads a conflict decides it, read-only members too: it is their own inbox.
create policy author_or_manager_of_leaver_decides on public.conflicts for update to authenticated
  using (
    (author_id = (select private.uid()) and (select private.my_role()) is not null)
    or ((select private.is_manager()) and author_id in (select m.id from public.members m where not m.active))
  );

-- A record's owner changes hands by a manager. Anybody who writes may take a record that nobody owns, and says who
-- owns one when making it. A policy cannot compare old and new, so a trigger does.
create function private.guard_owner() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  if private.uid() is null or private.is_manager()
    or (old.owner_id is null and new.owner_id = private.uid())
  then
    return new;
  end if;
  raise exception 'only a manager reassigns a record'
    using errcode = 'insufficient_privilege', column = 'owner_id';
end $$;
do $$
declare
  target text;
begin
  foreach target in array array['companies', 'contacts', 'deals'] loop
    execute format(
      'create trigger guard_owner before update of owner_id on public.%I for each row
         when (new.owner_id is distinct from old.owner_id and new.blanked_at is null)
         execute function private.guard_owner()', target);
  end loop;
end $$;
