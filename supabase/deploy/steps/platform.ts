import type { Sql } from 'postgres';
import { Refusal } from '../command.ts';

/** @throws Refusal if neither Supabase nor the embedded backend has prepared the database */
export async function requirePlatform(sql: Sql): Promise<void> {
  const [found] = await sql`
    select to_regclass('auth.users') is not null as auth,
      (select count(*) = 3 from pg_roles where rolname in ('anon', 'authenticated', 'service_role')) as roles`;
  if (!found?.auth || !found.roles) {
    throw new Refusal(
      'This is not a Supabase database: it lacks the schema auth or the roles anon, authenticated, service_role.',
    );
  }
}
