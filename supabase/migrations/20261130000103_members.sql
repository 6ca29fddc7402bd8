-- The team: who is on it, and what the caller may do.

-- The people of the team. A member has the id of the user who signs in.
create table public.members (
  like private.record including all,
  email text not null,
  full_name text,
  role text not null default 'rep',
  active boolean not null default true,

  -- A role is one of four. `admin` may do everything, `manager` also reads the log and reassigns records, `rep`
  -- writes, and `read_only` only reads.
  constraint members_role_known check (role in ('admin', 'manager', 'rep', 'read_only')),
  -- An address is at most as long as email allows.
  constraint members_email_length check (length(email) <= 320),
  -- A name is short enough for every list.
  constraint members_full_name_length check (length(full_name) <= 300)
);
select private.make_synced('public.members');

-- An address belongs to one member only.
create unique index members_email_key on public.members (lower(email));

-- Returns the caller's role, or null if the caller is not an active member.
create function private.my_role() returns text
language sql stable security definer set search_path = '' as $$
  select m.role from public.members m where m.id = private.uid() and m.active and m.deleted_at is null
$$;

-- Says whether the caller may write records.
create function private.is_writer() returns boolean
language sql stable set search_path = '' as $$
  select coalesce(private.my_role() in ('admin', 'manager', 'rep'), false)
$$;

-- Says whether the caller may read the log, reassign records and look after the work of people who left.
create function private.is_manager() returns boolean
language sql stable set search_path = '' as $$
  select coalesce(private.my_role() in ('admin', 'manager'), false)
$$;

-- Says whether the caller was a member and is deactivated now. This is the only case in which a device is wiped.
create function private.is_deactivated() returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from public.members m where m.id = private.uid() and not m.active)
$$;

-- Lets members change their own name, and lets only admins change roles and access. One active admin always remains.
create function private.guard_members() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  if private.uid() is null then
    return new;
  end if;
  if private.my_role() is distinct from 'admin'
    and (old.role, old.active, old.deleted_at) is distinct from (new.role, new.active, new.deleted_at)
  then
    raise exception 'Only an admin can change roles and access.' using errcode = 'insufficient_privilege';
  end if;
  if old.role = 'admin' and old.active
    and (new.role <> 'admin' or not new.active or new.deleted_at is not null)
  then
    -- If two admins demote each other at the same time, they take turns here, and the second is refused.
    perform pg_advisory_xact_lock(hashtext('private.guard_members'));
    if not exists (
      select from public.members m where m.role = 'admin' and m.active and m.deleted_at is null and m.id <> old.id
    ) then
      raise exception 'The team needs at least one admin.'
        using errcode = 'insufficient_privilege', hint = 'last_admin';
    end if;
  end if;
  return new;
end $$;

-- Checks every change of a member, because a policy cannot compare the old row with the new one.
create trigger guard_members before update on public.members
  for each row execute function private.guard_members();

-- Lets only a manager change the owner of a record. A member who may write may take a record that nobody owns, and
-- names the owner of a new one.
create function private.guard_owner() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  if private.uid() is null or private.is_manager()
    or (old.owner_id is null and new.owner_id = private.uid())
  then
    return new;
  end if;
  raise exception 'Only a manager or an admin can reassign a record.'
    using errcode = 'insufficient_privilege', column = 'owner_id';
end $$;
