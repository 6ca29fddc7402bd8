import { withConnection } from '../../postgres/connect.ts';
import type { Cluster } from '../cluster.ts';
import { ensureHistory } from '../migrations.ts';
import { exportTable, PLAIN_FORMATS } from './export-table.ts';
import { loadBackup } from './load-backup.ts';
import { readManifest } from './manifest.ts';
import { isAccountTable } from './tables.ts';

/** A backup that was restored into a local database and compared row by row. */
export interface VerifiedCopy {
  url: string;
  rows: number;
}

/**
 * Restores a backup into a new local database and compares every table with the original. The platform's account tables
 * may have fewer columns here, so only their row counts are compared.
 *
 * @throws with the tables that differ
 */
export async function verifyBackup(
  cluster: Cluster,
  folder: string,
  name = 'restored',
): Promise<VerifiedCopy> {
  const manifest = await readManifest(folder);
  const url = await cluster.createDatabase(name);
  return withConnection(url, async (sql) => {
    await ensureHistory(sql);
    await sql.begin((transaction) => loadBackup(transaction, folder, manifest));
    const different: string[] = [];
    await sql.begin('isolation level repeatable read', async (transaction) => {
      await transaction.unsafe(PLAIN_FORMATS);
      for (const table of manifest.tables) {
        if (isAccountTable(table)) {
          const [found] = await transaction.unsafe(`select count(*)::int as rows from ${table.name}`);
          if (found?.rows !== table.rows) different.push(table.name);
        } else {
          const { sha256 } = await exportTable(transaction, table, () => {});
          if (sha256 !== table.sha256) different.push(table.name);
        }
      }
    });
    if (different.length > 0)
      throw new Error(`The restored backup differs from the original in: ${different.join(', ')}`);
    return { url, rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0) };
  });
}
