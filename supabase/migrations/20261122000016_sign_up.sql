-- Nobody gets in without an invitation: a one-use code bound to an e-mail address, stored hashed.
create table public.invitations (
  id uuid primary key default gen_random_uuid(),
  code_hash bytea not null,
  email text not null,
  full_name text,
  role text not null,
  created_at timestamptz(3) not null default now(),
  created_by uuid references public.members,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),

  -- A role that a member can have.
  constraint invitations_role_known check (role in ('admin', 'manager', 'rep', 'read_only')),
  -- Something that can be an address: the person has to sign up with it.
  constraint invitations_email_address check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(email) <= 320),
  -- A name that a list can show.
  constraint invitations_full_name_length check (length(full_name) <= 300)
);
create unique index invitations_code_hash_key on public.invitations (code_hash);
create index invitations_created_by_idx on public.invitations (created_by);
alter table public.invitations enable row level security;
revoke all on public.invitations from public, anon, authenticated, service_role;

create trigger log_inserts after insert on public.invitations referencing new table as new_rows
  for each statement execute function private.log_inserts();

-- The stored form of a code: a hash of its letters and digits, however they were typed.
create function private.code_hash(code text) returns bytea
language sql immutable set search_path = '' as $$
  select sha256(convert_to(upper(regexp_replace(coalesce(code, ''), '[^0-9A-Za-z]', '', 'g')), 'UTF8'))
$$;

-- Makes an invitation good for 7 days and returns {code, expires_at}: the only time the code is seen. An earlier
-- unused invitation of the same address ends. Not for clients: they call `api.invite`; a deploy calls this.
create function private.create_invitation(email text, role text, full_name text default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  -- 80 bits of two random UUIDs, in groups that can be read aloud.
  digits text := upper(left(encode(
    sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex'), 20));
  code text := concat_ws('-',
    substr(digits, 1, 5), substr(digits, 6, 5), substr(digits, 11, 5), substr(digits, 16, 5));
  expires_at timestamptz(3) := now() + interval '7 days';
begin
  update public.invitations i set expires_at = now()
  where lower(i.email) = lower(create_invitation.email) and i.used_at is null and i.expires_at > now();
  insert into public.invitations (code_hash, email, full_name, role, created_by, expires_at)
  values (private.code_hash(code), btrim(create_invitation.email), create_invitation.full_name,
    create_invitation.role, private.uid(), expires_at);
  return jsonb_build_object('code', code, 'expires_at', expires_at);
end $$;

-- The role a sign-up gets, using up its invitation; null where it has none. Two sign-ups with one code take turns
-- on the invitation's row, and the second finds it used.
create function private.use_invitation(code text, email text) returns public.invitations
language sql volatile security definer set search_path = '' as $$
  update public.invitations i set used_at = now()
  where i.code_hash = private.code_hash(use_invitation.code)
    and lower(i.email) = lower(use_invitation.email)
    and i.used_at is null and i.expires_at > now()
  returning i.*
$$;

-- Lets a sign-up in or refuses it. In are: who has an invitation; who was made a member beforehand by the owner of
-- the database (the seed does so); and the very first, where the installation says so.
create function private.admit_user() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
declare
  invitation public.invitations;
  given_name text := left(nullif(btrim(new.raw_user_meta_data ->> 'full_name'), ''), 300);
begin
  if exists (select from public.members m where m.id = new.id) then
    return new;
  end if;
  if private.setting('first_signup_becomes_admin') = 'true' then
    -- Two first sign-ups at once take turns, and the second needs an invitation.
    perform pg_advisory_xact_lock(hashtext('private.admit_user'));
    if not exists (select from public.members) then
      insert into public.members (id, email, full_name, role) values (new.id, new.email, given_name, 'admin');
      return new;
    end if;
  end if;
  invitation := private.use_invitation(new.raw_user_meta_data ->> 'invitation_code', new.email);
  if invitation.id is null then
    raise sqlstate 'PT403' using message = 'invitation_required', detail = 'A valid invitation code is needed.';
  end if;
  insert into public.members (id, email, full_name, role, created_by)
  values (new.id, new.email, coalesce(given_name, invitation.full_name), invitation.role, invitation.created_by);
  return new;
end $$;
create trigger admit_user after insert on auth.users
  for each row execute function private.admit_user();

-- A member's address follows the address the person signs in with.
create function private.follow_email() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.members m set email = new.email
  where m.id = new.id and m.email is distinct from new.email and new.email is not null;
  return new;
end $$;
create trigger follow_email after update of email on auth.users
  for each row execute function private.follow_email();

-- Invites somebody. Request: {email, role, full_name?}; answer: {code, expires_at}. Admins only.
-- Errors: invalid_request, forbidden, not_a_member, deactivated, maintenance, duplicate (409: already a member).
create function api.invite(request jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' set timezone = 'UTC' as $$
declare
  refusal jsonb := private.admit_caller();
begin
  if refusal is not null then
    return refusal;
  end if;
  if private.my_role() <> 'admin' then
    perform private.fail('forbidden', 'Only an admin invites people.', 403);
  end if;
  perform private.refuse_in_maintenance();
  if jsonb_typeof(request) is distinct from 'object'
    or jsonb_typeof(request -> 'email') is distinct from 'string'
    or jsonb_typeof(request -> 'role') is distinct from 'string'
    or coalesce(jsonb_typeof(request -> 'full_name'), 'null') not in ('string', 'null')
  then
    perform private.fail('invalid_request', 'An invitation needs an e-mail address and a role.', 400);
  end if;
  if exists (select from public.members m where lower(m.email) = lower(btrim(request ->> 'email'))) then
    perform private.fail('duplicate', 'This person is already on the team.', 409);
  end if;
  return private.create_invitation(btrim(request ->> 'email'), request ->> 'role', request ->> 'full_name');
exception when check_violation then
  perform private.fail('invalid_request', 'An invitation needs an e-mail address and a known role.', 400);
  return null;
end $$;
