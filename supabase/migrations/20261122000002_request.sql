-- Who is calling, from where, and how a call is refused.

-- The signed-in user of this request; null for migrations, the seed and scheduled jobs.
create function private.uid() returns uuid
language sql stable set search_path = '' as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
  )::uuid
$$;

-- Settings of this installation; the owner of the database changes them by SQL.
create table private.settings (
  name text primary key,
  value text not null,
  description text not null
);

insert into private.settings (name, value, description) values
  ('trusted_ip_header', 'cf-connecting-ip',
   'The request header that holds the caller''s address. Only a header that the proxy in front always overwrites.'),
  ('first_signup_becomes_admin', 'false',
   'true: the first sign-up of all needs no invitation and becomes the admin. Never on a hosted project.'),
  ('restore_counter', '0',
   'Goes up whenever a logical restore rewrites xid, so that every device pulls everything again.');

-- The value of a setting; null for an unknown name.
create function private.setting(name text) returns text
language sql stable security definer set search_path = '' as $$
  select s.value from private.settings s where s.name = setting.name
$$;

-- The caller's address from the trusted header. Anything but one plain address is null and never an error,
-- because a strange header must not stop a write.
create function private.client_ip() returns inet
language plpgsql stable security definer set search_path = '' as $$
declare
  headers jsonb;
  address inet;
begin
  headers := nullif(current_setting('request.headers', true), '')::jsonb;
  address := btrim(headers ->> private.setting('trusted_ip_header'))::inet;
  if masklen(address) = (case family(address) when 4 then 32 else 128 end) then
    return address;
  end if;
  return null;
exception when data_exception then
  return null;
end $$;

-- Refuses the whole call: an error as PostgREST words it, with a stable `code` (docs/errors.md), an HTTP status,
-- and where it makes sense to come back, the seconds to wait in `Retry-After` and `details`.
create function private.fail(code text, message text, status int, retry_after int default null) returns void
language plpgsql volatile set search_path = '' as $$
begin
  raise sqlstate 'PGRST' using
    message = jsonb_build_object('code', code, 'message', message, 'details', retry_after::text, 'hint', null)::text,
    detail = jsonb_build_object(
      'status', status,
      'headers', case when retry_after is null then '{}' else jsonb_build_object('Retry-After', retry_after::text) end
    )::text;
end $$;

-- Whether a JSON value is a UUID.
create function private.is_uuid(value jsonb) returns boolean
language sql immutable set search_path = '' as $$
  select coalesce(
    jsonb_typeof(value) = 'string' and (value #>> '{}') ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$',
    false
  )
$$;

-- A JSON string as a time; null where it is none.
create function private.to_time(value jsonb) returns timestamptz
language plpgsql stable set search_path = '' as $$
declare
  moment timestamptz;
begin
  moment := (value #>> '{}')::timestamptz;
  return case when isfinite(moment) then moment end;
exception when data_exception then
  return null;
end $$;
