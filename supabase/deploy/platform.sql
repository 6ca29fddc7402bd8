-- The initial state of a hosted project's cluster, as far as this product uses it.
-- `crm_owner` plays the part of its `postgres`: it owns the database and is not a superuser.
create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;
create role authenticator login noinherit password 'local-only';
grant anon, authenticated, service_role to authenticator;
create role supabase_auth_admin login noinherit createrole password 'local-only';
create role crm_owner login createrole password 'local-only';
grant anon, authenticated, service_role to crm_owner;
