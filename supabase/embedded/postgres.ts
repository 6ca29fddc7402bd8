import { createPostgresConnection, type PostgresConnection } from '@supabase/lite/postgres';
import { Kysely } from 'kysely';
import postgres from 'postgres';
import { encrypted, jsonAsText } from '../postgres/connect.ts';
import { databaseProblem } from '../terminal/database-problem.ts';
import { callAsHosted } from './calls.ts';
import { asDatabase, type Database } from './database.ts';
import { reconnecting } from './reconnecting.ts';

/**
 * Connects to a Postgres server as a role that owns the database. If the server ends connections, statements under way
 * fail, and the next ones get new connections.
 *
 * @throws CannotStart when no such database can be reached
 */
export async function openPostgres(url: string): Promise<Database> {
  try {
    // The API layer passes JSON as text.
    const postgresOptions = { onnotice: () => {}, types: jsonAsText, ...encrypted(url) };
    const connection = createPostgresConnection({ url, postgresOptions });
    await connection.driver.unsafe('select');
    reconnect(connection);
    callAsHosted(connection);
    return asDatabase(connection, async (statements) => {
      await connection.driver.unsafe(statements);
    });
  } catch (error) {
    throw databaseProblem('The backend', url, error);
  }
}

/** Replaces the API layer's pool by one that survives the end of its connections, with the same settings. */
function reconnect(connection: PostgresConnection): void {
  const { options } = connection.driver;
  const kysely = new Kysely<unknown>({
    // The driver takes options with `shared` as they are, so the types of the API layer stay.
    dialect: reconnecting((onclose) =>
      postgres(
        Object.assign({}, options, { max: 1, onclose, shared: { retries: 0, typeArrayMap: {} } }) as object,
      ),
    ),
  });
  connection.kysely = kysely;
  const close = connection.close.bind(connection);
  connection.close = async () => {
    await kysely.destroy();
    await close();
  };
}
