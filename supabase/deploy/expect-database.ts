import type { Sql } from 'postgres';
import { connect } from '../postgres/connect.ts';
import { databaseProblem } from '../terminal/database-problem.ts';

/** @throws CannotStart when the database that `DATABASE_URL` names cannot be reached */
export async function expectDatabase(url: string): Promise<void> {
  let sql: Sql | undefined;
  try {
    sql = connect(url);
    await sql`select`;
  } catch (error) {
    throw databaseProblem('This command', url, error);
  } finally {
    await sql?.end({ timeout: 1 });
  }
}
