import { withConnection } from '../postgres/connect.ts';
import { readManifest } from './backup/manifest.ts';
import { restoreBackup } from './backup/restore.ts';
import { verifyBackup } from './backup/verify-backup.ts';
import { readCatalog } from './catalog.ts';
import { startCluster } from './cluster.ts';
import { startGuard, type Guard } from './guard.ts';
import { counted, inWords } from './progress.ts';
import { takeLock, type Lock } from './steps/lock.ts';
import { requirePlatform } from './steps/platform.ts';
import { verify } from './steps/verify.ts';
import { closeWindow } from './steps/window.ts';

const UNFINISHED = `The restore did not finish. The database has either not changed at all or has the whole backup, never a part of it.
Run  npm run db:restore  again, or  npm run db:deploy -- --release  if the data is right.`;

/**
 * Restores a database from a backup: tries the backup on a local database first, restores it in one transaction,
 * verifies and closes the window. Returns the report as lines of text. A failure leaves the window held.
 *
 * @throws Refusal if a backup cannot be restored into this database
 */
export async function restoreAndVerify(
  url: string,
  folder: string,
  note: (line: string) => void,
): Promise<string[]> {
  const guard = startGuard();
  try {
    const lock = await takeLock(url);
    try {
      await requirePlatform(lock.sql);
      return await underLock(lock, guard, folder, note);
    } finally {
      await lock.release();
    }
  } finally {
    await guard.dismiss();
  }
}

async function underLock(
  { sql }: Lock,
  guard: Guard,
  folder: string,
  note: (line: string) => void,
): Promise<string[]> {
  const cluster = await startCluster();
  guard.tell({ clusterDirectory: cluster.directory });
  try {
    const copy = await verifyBackup(cluster, folder);
    note(`the backup was restored into a local database: ${copy.rows} rows`);
    const started = Date.now();
    guard.tell({ message: UNFINISHED });
    await restoreBackup(sql, folder);
    const expected = await withConnection(copy.url, readCatalog);
    (await verify(sql, expected)).forEach(note);
    await closeWindow(sql);
    guard.tell({ message: null });
    const { created_at, migrations } = await readManifest(folder);
    return [
      `Restored the state of ${created_at}, ${counted(migrations.length, 'migration')}, in ${inWords(Date.now() - started)}.`,
      'Every device pulls everything again and pushes again what it pushed in the last 14 days.',
    ];
  } finally {
    await cluster.stop();
    guard.tell({ clusterDirectory: null });
  }
}
