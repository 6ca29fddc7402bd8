import { App } from '@supabase/lite';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Database } from './database.ts';
import { authFunctions, ownDatabaseScript } from '../platform/platform.ts';
import { terminalMail, type Mail } from './mail.ts';
import { appliedVersions, applyMigrations } from './migrate.ts';

/** The key that the app sends with every request to the embedded backend. It grants nothing by itself. */
export const PUBLISHABLE_KEY = 'sb_publishable_embedded';

export interface ApiOptions {
  signingSecret: string;
  /** Seconds until an access token expires. */
  tokenLifetime: number;
  /** Receives the emails. */
  mail: Mail;
}

/** The email's text, as a hosted project sends it. */
const RECOVERY_MAIL = fileURLToPath(new URL('../templates/recovery.html', import.meta.url));

/** The Auth and REST endpoints over a database. They reach the network only through its `fetch`. */
export function createApi(database: Database, { signingSecret, tokenLifetime, mail }: ApiOptions): App {
  return new App({
    connection: database.connection,
    api: { schemas: ['api'] },
    studio: { enabled: false },
    storage: { enabled: false },
    auth: {
      enabled: true,
      jwt_secret: signingSecret,
      jwt_expiry: tokenLifetime,
      publishable_key: PUBLISHABLE_KEY,
      secret_key: `sb_secret_${randomBytes(24).toString('base64url')}`,
      email: {
        enable_signup: true,
        enable_confirmations: false,
        // Recovery links consist of these digits and the address, and nothing here limits the number of guesses.
        otp_length: 40,
        template: { recovery: { content_path: RECOVERY_MAIL } },
      },
    },
    options: { server: { admin: false }, drivers: { email: terminalMail(mail) } },
  });
}

/**
 * Brings a database to the state that the migrations describe: first the initial state of a hosted project, then every
 * pending migration.
 */
export async function prepare(database: Database, app: App, migrations: string): Promise<void> {
  await app.init();
  await app.ensureSystemSchema();
  if ((await appliedVersions(database)).size === 0) await database.script(ownDatabaseScript());
  // At every start, because the API layer has just restored its own narrower functions.
  await database.script(authFunctions());
  await applyMigrations(database, migrations);
  // Reads the catalog once now; otherwise every request of the first burst would read the whole catalog for itself.
  await database.connection.clearSchemaCache();
  await database.connection.introspect();
}
