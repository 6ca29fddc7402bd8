-- The initial state of a hosted project's database, as far as this product uses it.
create schema auth authorization supabase_auth_admin;
create table auth.users (
  id uuid primary key,
  email varchar(255) unique,
  encrypted_password varchar(255),
  raw_user_meta_data jsonb not null default '{}',
  created_at timestamptz not null default now()
);
create table auth.identities (
  id uuid primary key,
  user_id uuid not null references auth.users on delete cascade,
  provider text not null,
  provider_id text not null,
  identity_data jsonb not null default '{}',
  email text generated always as (lower(identity_data ->> 'email')) stored
);
create table auth.audit_log_entries (
  id uuid primary key default gen_random_uuid(),
  payload json,
  created_at timestamptz not null default now()
);
alter table auth.users owner to supabase_auth_admin;
alter table auth.identities owner to supabase_auth_admin;
alter table auth.audit_log_entries owner to supabase_auth_admin;
grant usage on schema auth to anon, authenticated, service_role, crm_owner;
grant all on all tables in schema auth to crm_owner;

create function auth.uid() returns uuid language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
  )::uuid
$$;

-- Hosted projects grant every new object to the client roles, and the migrations have to undo that.
grant usage on schema public to anon, authenticated, service_role;
alter default privileges for role crm_owner in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges for role crm_owner in schema public grant all on functions to anon, authenticated, service_role;
alter default privileges for role crm_owner in schema public grant all on sequences to anon, authenticated, service_role;
