-- The roles with which services log in to a hosted project. `crm_owner` stands in for its `postgres`, which owns the
-- database and is not a superuser.
create role authenticator login noinherit password 'local-only';
grant anon, authenticated, service_role to authenticator;
create role supabase_auth_admin login noinherit createrole password 'local-only';
create role crm_owner login createrole password 'local-only';
grant anon, authenticated, service_role to crm_owner;
