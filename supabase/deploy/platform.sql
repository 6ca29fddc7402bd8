-- What a hosted project's cluster has before its first migration, as far as this product touches it.
-- `crm_owner` stands for its `postgres`: it owns the database and is no superuser.
create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;
create role authenticator login noinherit password 'local-only';
grant anon, authenticated, service_role to authenticator;
create role supabase_auth_admin login noinherit createrole password 'local-only';
create role crm_owner login createrole password 'local-only';
grant anon, authenticated, service_role to crm_owner;
