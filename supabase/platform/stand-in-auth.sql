-- Stands in for the tables of the sign-in service of a hosted project, as far as this product uses them.
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
grant usage on schema auth to :owner;
grant all on all tables in schema auth to :owner;
