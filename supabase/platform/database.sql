-- The initial state of a hosted project's database. It runs once for each database: the migrations revoke some of these
-- grants, and running it again would restore them. `:owner` is the role that owns the database.
create schema if not exists extensions;

do $$
begin
  if exists (select from pg_catalog.pg_available_extensions where name = 'pgcrypto') then
    create extension if not exists pgcrypto with schema extensions;
  end if;
  if exists (select from pg_catalog.pg_available_extensions where name = 'uuid-ossp') then
    create extension if not exists "uuid-ossp" with schema extensions;
  end if;
end $$;

grant usage on schema public, auth, extensions to anon, authenticated, service_role;

-- A hosted project grants every new object to the client roles, and the migrations have to undo that.
alter default privileges for role :owner in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges for role :owner in schema public grant all on functions to anon, authenticated, service_role;
alter default privileges for role :owner in schema public grant all on sequences to anon, authenticated, service_role;
