import type { Database } from '../db/database';

/** Every row of a database, as in a backup. */
export type Backup = Map<string, string>;

/** Takes a backup in one snapshot. */
export async function takeBackup(db: Database): Promise<Backup> {
  const tables = await db.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('public', 'private') and tablename not in ('entities', 'fields', 'record') order by 1`,
  );
  const client = await db.connect();
  try {
    const backup: Backup = new Map();
    await client.query('begin isolation level repeatable read read only');
    for (const { name } of tables) {
      const [found] = await client.query(
        `select coalesce(jsonb_agg(to_jsonb(t)), '[]')::text as all from ${name} t`,
      );
      backup.set(name, found?.all);
    }
    await client.query('commit');
    return backup;
  } finally {
    client.release();
  }
}

/**
 * Restores a backup like a logical restore: later changes are gone, and every row belongs to the restoring transaction.
 *
 * @param newEpoch whether to tell the devices; false returns to the start of an experiment
 */
export async function restoreBackup(db: Database, backup: Backup, newEpoch = true): Promise<void> {
  const client = await db.connect();
  try {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    await client.query('alter table public.activity_logs disable trigger guard_table');
    const [counter] = await client.query(`select private.setting('restore_counter')::int as value`);
    await client.query(`truncate ${[...backup.keys()].join(', ')} cascade`);
    for (const [name, rows] of backup)
      await client.query(
        `insert into ${name} overriding system value select * from jsonb_populate_recordset(null::${name}, $1)`,
        [rows],
      );
    await client.query('alter table public.activity_logs enable always trigger guard_table');
    const synced = await client.query(
      `select format('public.%I', entity) as name from private.entities order by pull_order`,
    );
    for (const { name } of synced) await client.query(`update ${name} set xid = pg_current_xact_id()`);
    await client.query(`update private.settings set value = $1 where name = 'restore_counter'`, [
      String(counter?.value + (newEpoch ? 1 : 0)),
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
