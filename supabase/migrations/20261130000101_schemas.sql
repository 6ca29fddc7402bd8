-- The schemas, the role that owns the activity log, and what every request needs: its caller, the settings and
-- refusals.

-- `public` holds the tables and is never exposed over HTTP. `api` holds the few functions that are exposed, and
-- `private` holds the functions and tables that they use.
create schema if not exists api;
create schema if not exists private;

-- This role owns the activity log and the functions that write, read and purge it. Nobody can sign in as it.
do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'crm_logger') then
    create role crm_logger nologin noinherit;
  end if;
end $$;

-- The role that runs the migrations can give objects to the logger only if it is a member of the logger.
grant crm_logger to current_user;

-- A hosted project grants every new object to the client roles. Here a role gets only what the last file grants.
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
-- Only the form without `in schema` takes the right to execute away from PUBLIC.
alter default privileges revoke execute on functions from public;

revoke all on schema public, api, private from public;
revoke all on schema public from anon, authenticated, service_role;

-- Returns the id of the signed-in user of this request. It is null for migrations, the seed and scheduled jobs.
create function private.uid() returns uuid
language sql stable set search_path = '' as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
  )::uuid
$$;

-- The settings of this installation. The owner of the database changes them by SQL.
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

-- Returns the value of a setting, or null for an unknown name.
create function private.setting(name text) returns text
language sql stable security definer set search_path = '' as $$
  select s.value from private.settings s where s.name = setting.name
$$;

-- Returns the caller's address from the trusted header. If the header is not one plain address, it returns null and
-- raises no error, because a strange header must not stop a write.
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

-- Refuses the whole call. It raises an error in the form that PostgREST expects, with a stable `code`
-- (docs/errors.md) and an HTTP status. If the caller may come back, `Retry-After` and `details` hold the seconds to
-- wait. The status is never 503: PostgREST takes a 503 for a lost database, adds a `Retry-After` of its own, reloads its
-- schema cache and drops its connections.
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

-- Says whether a JSON value is a UUID.
create function private.is_uuid(value jsonb) returns boolean
language sql immutable set search_path = '' as $$
  select coalesce(
    jsonb_typeof(value) = 'string' and (value #>> '{}') ~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$',
    false
  )
$$;

-- Returns a JSON string as a time, or null if it is not a finite time.
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
