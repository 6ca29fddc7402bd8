import { createPostgresConnection } from '@supabase/lite/postgres';
import { encrypted, jsonAsText } from '../postgres/connect.ts';
import { databaseProblem } from '../terminal/database-problem.ts';
import { asDatabase, type Database } from './database.ts';
import { limitCalls } from './limits.ts';

/**
 * Connects to a Postgres server as a role that owns the database.
 *
 * @throws CannotStart when no such database can be reached
 */
export async function openPostgres(url: string): Promise<Database> {
  try {
    // The API layer passes JSON as text.
    const connection = createPostgresConnection({
      url,
      postgresOptions: { onnotice: () => {}, types: jsonAsText, ...encrypted(url) },
    });
    await connection.driver.unsafe('select');
    limitCalls(connection);
    return asDatabase(connection, async (statements) => {
      await connection.driver.unsafe(statements);
    });
  } catch (error) {
    throw databaseProblem('The backend', url, error);
  }
}
