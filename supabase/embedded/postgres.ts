import { createPostgresConnection } from '@supabase/lite/postgres';
import { databaseProblem } from '../terminal/database-problem.ts';
import { asDatabase, type Database } from './database.ts';

/**
 * Connects to a Postgres server as a role that owns the database.
 *
 * @throws CannotStart when no such database can be reached
 */
export async function openPostgres(url: string): Promise<Database> {
  try {
    const connection = createPostgresConnection({
      url,
      postgresOptions: { onnotice: () => {}, types: { json: json(114), jsonb: json(3802) } },
    });
    await connection.driver.unsafe('select');
    return asDatabase(connection, async (statements) => {
      await connection.driver.unsafe(statements);
    });
  } catch (error) {
    throw databaseProblem('The backend', url, error);
  }
}

/** The API layer passes JSON that is already text; encoding it again would make it a JSON string. */
const json = (oid: number) => ({
  to: oid,
  from: [oid],
  serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
  parse: (text: string) => JSON.parse(text) as unknown,
});
