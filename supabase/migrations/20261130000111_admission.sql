-- Admission decides who gets in: sign-up by invitation, and the checks of every call.

-- Nobody gets in without an invitation: a code that works once, for one email address. The code is stored as a hash.
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

  -- An invitation brings a role that a member can have.
  constraint invitations_role_known check (role in ('admin', 'manager', 'rep', 'read_only')),
  -- An invitation has something like an email address, because the person has to sign up with it.
  constraint invitations_email_address check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(email) <= 320),
  -- A name is short enough for every list.
  constraint invitations_full_name_length check (length(full_name) <= 300)
);

-- A code finds its invitation.
create unique index invitations_code_hash_key on public.invitations (code_hash);
create index invitations_created_by_idx on public.invitations (created_by);
-- There is no policy, because only functions with the rights of their owner read and write invitations.
alter table public.invitations enable row level security;
revoke all on public.invitations from public, anon, authenticated, service_role;

-- Logs every invitation.
create trigger log_inserts after insert on public.invitations referencing new table as new_rows
  for each statement execute function private.log_inserts();

-- Returns the stored form of a code: a hash of its letters and digits, however a person typed them.
create function private.code_hash(code text) returns bytea
language sql immutable set search_path = '' as $$
  select sha256(convert_to(upper(regexp_replace(coalesce(code, ''), '[^0-9A-Za-z]', '', 'g')), 'UTF8'))
$$;

-- Makes an invitation that works for 7 days and returns {code, expires_at}. Nobody can see the code again. An earlier
-- unused invitation of the same address ends. Clients call `api.invite` instead; a deploy calls this function.
create function private.create_invitation(email text, role text, full_name text default null) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  -- The code has 80 bits of two random UUIDs, in groups that a person can read aloud.
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

-- Uses up the invitation of a sign-up and returns it, or a row of nulls if there is none. Two sign-ups with one code
-- take turns on the row of the invitation, and the second finds it used.
create function private.use_invitation(code text, email text) returns public.invitations
language sql volatile security definer set search_path = '' as $$
  update public.invitations i set used_at = now()
  where i.code_hash = private.code_hash(use_invitation.code)
    and lower(i.email) = lower(use_invitation.email)
    and i.used_at is null and i.expires_at > now()
  returning i.*
$$;

-- Lets a sign-up in or refuses it. It lets in people with an invitation, people whom the owner of the database has
-- made members before (the seed does that), and, if the setting of this installation allows it, the very first
-- person.
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
    -- If two people sign up first at the same time, they take turns, and the second needs an invitation.
    perform pg_advisory_xact_lock(hashtext('private.admit_user'));
    if not exists (select from public.members) then
      insert into public.members (id, email, full_name, role) values (new.id, new.email, given_name, 'admin');
      return new;
    end if;
  end if;
  invitation := private.use_invitation(new.raw_user_meta_data ->> 'invitation_code', new.email);
  if invitation.id is null then
    raise sqlstate 'PT403' using message = 'invitation_required', detail = 'Enter a valid invitation code.';
  end if;
  insert into public.members (id, email, full_name, role, created_by)
  values (new.id, new.email, coalesce(given_name, invitation.full_name), invitation.role, invitation.created_by);
  return new;
end $$;

-- Checks every new account.
create trigger admit_user after insert on auth.users
  for each row execute function private.admit_user();

-- Copies a changed email address from the account to the member.
create function private.follow_email() returns trigger
language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.members m set email = new.email
  where m.id = new.id and m.email is distinct from new.email and new.email is not null;
  return new;
end $$;

-- Keeps the address of a member the same as that of the account.
create trigger follow_email after update of email on auth.users
  for each row execute function private.follow_email();

-- Refuses callers who are not members. The refusal of a deactivated member is returned, with the status set, and not
-- raised: raising would undo what the call has just kept. Null means that the caller may go on.
create function private.admit_caller() returns jsonb
language plpgsql volatile set search_path = '' as $$
begin
  if private.my_role() is not null then
    return null;
  end if;
  if not private.is_deactivated() then
    perform private.fail('not_a_member', 'This account isn''t on the team. Ask your admin for an invitation.', 403);
  end if;
  perform set_config('response.status', '403', true);
  return jsonb_build_object(
    'code', 'deactivated', 'message', 'This account was deactivated.', 'details', null, 'hint', null);
end $$;

-- Invites a person. Request: {email, role, full_name?}. Answer: {code, expires_at}. Only for admins.
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
    perform private.fail('forbidden', 'Only an admin can invite people.', 403);
  end if;
  perform private.refuse_in_maintenance();
  if jsonb_typeof(request) is distinct from 'object'
    or jsonb_typeof(request -> 'email') is distinct from 'string'
    or jsonb_typeof(request -> 'role') is distinct from 'string'
    or coalesce(jsonb_typeof(request -> 'full_name'), 'null') not in ('string', 'null')
  then
    perform private.fail('invalid_request', 'Enter an email address and a role.', 400);
  end if;
  if exists (select from public.members m where lower(m.email) = lower(btrim(request ->> 'email'))) then
    perform private.fail('duplicate', 'This person is already on the team.', 409);
  end if;
  return private.create_invitation(btrim(request ->> 'email'), request ->> 'role', request ->> 'full_name');
exception when check_violation then
  perform private.fail(
    'invalid_request', 'Enter a valid email address, like name@example.com, and a role that exists.', 400);
  return null;
end $$;

-- Returns the version of the protocol that this server speaks. It serves the version before it too.
create function private.protocol() returns int
language sql immutable set search_path = '' as $$ select 1 $$;

-- Refuses a request that is not an envelope of this protocol.
create function private.check_envelope(request jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if jsonb_typeof(request) is distinct from 'object'
    or jsonb_typeof(request -> 'protocol') is distinct from 'number'
    or (request ->> 'protocol')::numeric % 1 <> 0
    or not private.is_uuid(request -> 'client_id')
  then
    perform private.fail('invalid_request', 'Send a protocol number and a client_id with every request.', 400);
  end if;
end $$;

-- Refuses a protocol that the server does not serve, because it is too old or newer than this server.
create function private.check_protocol(request jsonb) returns void
language plpgsql volatile set search_path = '' as $$
begin
  if (request ->> 'protocol')::numeric not between private.protocol() - 1 and private.protocol() then
    perform private.fail(
      'client_outdated', 'This version of the app doesn''t work with this version of the server.', 426);
  end if;
end $$;

-- The devices. Each belongs to the first user who used it. Push locks the row, so that the pushes of a device take
-- turns.
create table private.clients (
  client_id uuid primary key,
  user_id uuid not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  -- The highest `seq` of an event that the server has accepted. It recognizes events that are older than the log.
  event_seq numeric not null default 0,
  -- The calls in the minute that `minute` names, for the rate limit.
  minute timestamptz not null,
  calls int not null
);
-- The rate limit adds up the calls of all devices of a user.
create index clients_user_id_idx on private.clients (user_id);

-- Locks the row of the device, counts the call and returns the device's `event_seq`. It gives a new device to the
-- caller. A user may make 1,200 calls a minute with all devices. A refused call is rolled back and does not count.
create function private.open_push(client uuid) returns numeric
language plpgsql volatile security definer set search_path = '' as $$
declare
  this_minute timestamptz := date_trunc('minute', now());
  high_water numeric;
begin
  insert into private.clients as c (client_id, user_id, minute, calls)
  values (client, private.uid(), this_minute, 1)
  on conflict (client_id) do update set
    last_seen_at = now(),
    minute = excluded.minute,
    calls = case when c.minute = excluded.minute then c.calls + 1 else 1 end
  where c.user_id = excluded.user_id
  returning c.event_seq into high_water;
  if not found then
    perform private.fail('client_taken', 'This device is registered to another user.', 403);
  end if;
  if 1200 < (
    select sum(c.calls) from private.clients c where c.user_id = private.uid() and c.minute = this_minute
  ) then
    perform private.fail('rate_limited', 'You sent too many requests. Try again in a minute. No change is lost.', 429,
      greatest(1, ceil(extract(epoch from this_minute + interval '1 minute' - now()))::int));
  end if;
  return high_water;
end $$;

-- Stores the highest `seq` of the events that the device has sent.
create function private.close_events(client uuid, seq numeric) returns void
language sql volatile security definer set search_path = '' as $$
  update private.clients c set event_seq = greatest(c.event_seq, close_events.seq)
  where c.client_id = close_events.client and c.user_id = private.uid()
$$;
