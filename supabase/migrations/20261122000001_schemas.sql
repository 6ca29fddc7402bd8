-- Three schemas: `public` holds the tables and is never exposed over HTTP, `api` holds the few functions
-- that are, `private` holds what they are made of.
create schema if not exists api;
create schema if not exists private;

-- Owns the activity log and the functions that write and purge it. Nobody signs in as it.
do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'crm_logger') then
    create role crm_logger nologin noinherit;
  end if;
end $$;

-- The migrating role makes the logger the owner of its objects, which takes membership, and `create` for the logger.
grant crm_logger to current_user;
grant create on schema public, private to crm_logger;

-- Hosted projects hand every new object to the client roles; here nothing is granted unless a migration says so.
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
-- Only the form without `in schema` takes execute away from PUBLIC.
alter default privileges revoke execute on functions from public;

revoke all on schema public, api, private from public;
revoke all on schema public from anon, authenticated, service_role;

-- The functions of `api` run as their caller, who therefore needs to reach what they touch.
grant usage on schema public, private to authenticated, crm_logger;
grant usage on schema api to anon, authenticated;
