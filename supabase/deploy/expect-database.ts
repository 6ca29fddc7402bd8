import postgres from 'postgres';
import { databaseProblem } from '../terminal/database-problem.ts';

/** @throws CannotStart when the database that `DATABASE_URL` names cannot be reached */
export async function expectDatabase(url: string): Promise<void> {
  let sql: postgres.Sql | undefined;
  try {
    sql = postgres(url, { max: 1, onnotice: () => {} });
    await sql`select`;
  } catch (error) {
    throw databaseProblem('This command', url, error);
  } finally {
    await sql?.end({ timeout: 1 });
  }
}
