import { readFileSync } from 'node:fs';

/** The role that owns a database in a cluster without Supabase, like `postgres` on a hosted project. */
export const OWNER = 'crm_owner';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const ownedBy = (owner: string, sql: string) => sql.replaceAll(':owner', owner);

/** The SQL that makes a cluster like that of a new hosted project. The superuser of another Postgres runs it once. */
export const clusterScript = (): string => read('roles.sql') + read('stand-in-roles.sql');

/** The SQL that gives a database what a new hosted project has. Its cluster must have run {@link clusterScript}. */
export const databaseScript = (owner = OWNER): string =>
  ownedBy(`"${owner}"`, read('stand-in-auth.sql') + read('database.sql')) + authFunctions();

/** The same for a database that already has the real tables of the sign-in service. Its owner runs it once. */
export const ownDatabaseScript = (): string =>
  read('roles.sql') + ownedBy('current_user', read('database.sql'));

/** The functions that tell SQL who is calling. */
export const authFunctions = (): string => read('auth-functions.sql');
