import type { Database } from './database';

/** Runs retention, and returns how many rows of each kind it removed. */
export const enforceRetention = async (db: Database) =>
  (await db.query('select private.enforce_retention() as removed'))[0]?.removed as Record<string, number>;

/** Makes the matching log entries this old; `values` are the parameters of the condition from $2 on. */
export async function ageLog(
  db: Database,
  condition: string,
  hours: string,
  ...values: string[]
): Promise<void> {
  await db.query(
    'alter table activity_logs disable trigger guard_rows; alter table activity_logs disable trigger guard_table',
  );
  await db.query(
    `update activity_logs set "timestamp" = now() - $1::interval, occurred_at = now() - $1::interval where ${condition}`,
    [hours, ...values],
  );
  await db.query(
    'alter table activity_logs enable always trigger guard_rows; alter table activity_logs enable always trigger guard_table',
  );
}
