-- The people of the team. A member's id is the id of the user who signs in.
create table public.members (
  like private.record including all,
  email text not null,
  full_name text,
  role text not null default 'rep',
  active boolean not null default true,

  -- What a person may do: everything; manage and read the log; write; only read.
  constraint members_role_known check (role in ('admin', 'manager', 'rep', 'read_only')),
  -- Texts that every list can show.
  constraint members_email_length check (length(email) <= 320),
  constraint members_full_name_length check (length(full_name) <= 300)
);
select private.make_synced('public.members');

-- One person, one membership.
create unique index members_email_key on public.members (lower(email));

-- The caller's role; null for anybody who is not an active member.
create function private.my_role() returns text
language sql stable security definer set search_path = '' as $$
  select m.role from public.members m where m.id = private.uid() and m.active and m.deleted_at is null
$$;

-- Whether the caller may write records.
create function private.is_writer() returns boolean
language sql stable set search_path = '' as $$
  select coalesce(private.my_role() in ('admin', 'manager', 'rep'), false)
$$;

-- Whether the caller may read the log, reassign records and look after a leaver's work.
create function private.is_manager() returns boolean
language sql stable set search_path = '' as $$
  select coalesce(private.my_role() in ('admin', 'manager'), false)
$$;

-- Whether the caller was a member once and is deactivated now: the one case in which a device is wiped.
create function private.is_deactivated() returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from public.members m where m.id = private.uid() and not m.active)
$$;

-- Members change their own name; roles and access are the admin's, and one active admin always remains.
create function private.guard_members() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if private.uid() is null then
    return new;
  end if;
  if private.my_role() is distinct from 'admin'
    and (old.role, old.active, old.deleted_at) is distinct from (new.role, new.active, new.deleted_at)
  then
    raise exception 'only an admin changes roles and access' using errcode = 'insufficient_privilege';
  end if;
  if old.role = 'admin' and old.active
    and (new.role <> 'admin' or not new.active or new.deleted_at is not null)
  then
    -- Two admins who demote each other at once take turns here, and the second is refused.
    perform pg_advisory_xact_lock(hashtext('private.guard_members'));
    if not exists (
      select from public.members m where m.role = 'admin' and m.active and m.deleted_at is null and m.id <> old.id
    ) then
      raise exception 'the last admin stays' using errcode = 'insufficient_privilege', hint = 'last_admin';
    end if;
  end if;
  return new;
end $$;
create trigger guard_members before update on public.members
  for each row execute function private.guard_members();
