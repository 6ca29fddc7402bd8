import postgres from 'postgres';
import { readManifest } from './backup/manifest';
import { restoreBackup } from './backup/restore';
import { verifyBackup } from './backup/verify-backup';
import { readCatalogue } from './catalogue';
import { startCluster } from './cluster';
import { startGuard } from './guard';
import { takeLock } from './steps/lock';
import { verify } from './steps/verify';
import { closeWindow } from './steps/window';

const LAST_WORDS = `The restore did not finish. Either nothing has changed or all of the backup is there, never a part.
Run  npm run db:restore  again, or  npm run db:deploy -- --release  if the data is right.`;

/**
 * Puts a database back to a backup: tries the backup on a local database first, restores it in one transaction, verifies
 * and closes the window. Returns the report, line by line. A failure leaves the window held.
 */
export async function restoreAndVerify(
  url: string,
  folder: string,
  note: (line: string) => void,
): Promise<string[]> {
  const guard = startGuard();
  const lock = await takeLock(url);
  const cluster = await startCluster();
  guard.tell({ clusterDirectory: cluster.directory, lastWords: LAST_WORDS });
  try {
    const copy = await verifyBackup(cluster, folder);
    note(`the backup restores into a local database: ${copy.rows} rows`);
    const started = Date.now();
    await restoreBackup(lock.sql, folder);
    const local = postgres(copy.url, { max: 1, onnotice: () => {} });
    const expected = await readCatalogue(local).finally(() => local.end());
    (await verify(lock.sql, expected)).forEach(note);
    await closeWindow(lock.sql);
    guard.tell({ lastWords: null });
    const { created_at, migrations } = await readManifest(folder);
    return [
      `Restored the state of ${created_at}, ${migrations.length} migrations, in ${Date.now() - started} ms.`,
      'Every device pulls everything anew and offers again what it pushed in the last 14 days.',
    ];
  } finally {
    await cluster.stop();
    guard.tell({ clusterDirectory: null });
    await lock.release();
    await guard.dismiss();
  }
}
