import type { Sql, TransactionSql } from 'postgres';
import { ensureHistory } from '../migrations.ts';
import { loadBackup } from './load-backup.ts';
import { readManifest } from './manifest.ts';

/**
 * Restores a database from a backup in one transaction: everything or, if it fails or the process dies, nothing.
 * Accounts created since the backup stay but belong to no team. The restore counter goes up, so every device pulls
 * everything again and pushes again what the backup lacks. Afterwards a maintenance window is held: the one that was
 * held during the backup, or a new one.
 */
export async function restoreBackup(sql: Sql, folder: string): Promise<void> {
  const manifest = await readManifest(folder);
  await ensureHistory(sql);
  await sql.begin(async (transaction) => {
    const counter = await restoreCounter(transaction);
    await removeProduct(transaction);
    await loadBackup(transaction, folder, manifest);
    await transaction`
      update private.settings set value = (greatest(value::bigint, ${counter}) + 1)::text where name = 'restore_counter'`;
    await transaction`
      insert into public.maintenance_windows (id, starts_at, ends_at, message, held_by_deploy)
      select gen_random_uuid(), now(), now() + interval '10 minutes', 'Restoring a backup', true
      where not exists (select from public.maintenance_windows
        where held_by_deploy and closed_at is null and cancelled_at is null and deleted_at is null)`;
    // The backup may hold log entries that have since become too old.
    await transaction`select private.enforce_retention()`;
  });
  await sql.notify('pgrst', 'reload schema');
}

async function restoreCounter(transaction: TransactionSql): Promise<string> {
  const [there] = await transaction`select to_regclass('private.settings') is not null as exists`;
  if (!there?.exists) return '0';
  const [row] = await transaction`select value from private.settings where name = 'restore_counter'`;
  return (row?.value as string | undefined) ?? '0';
}

/** Drops everything this product owns. The platform's schemas stay, except for this product's triggers in them. */
async function removeProduct(transaction: TransactionSql): Promise<void> {
  const tables = await transaction<{ name: string }[]>`
    select format('public.%I', relname) as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`;
  for (const { name } of tables) await transaction.unsafe(`drop table ${name} cascade`);
  await transaction.unsafe('drop schema if exists api cascade; drop schema if exists private cascade;');
}
