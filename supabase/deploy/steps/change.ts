import { withConnection } from '../../postgres/connect.ts';
import { writeBackup } from '../backup/write-backup.ts';
import { verifyBackup } from '../backup/verify-backup.ts';
import { addPgDump } from '../backup/pg-dump.ts';
import { pruneBackups } from '../backup/prune.ts';
import type { Cluster } from '../cluster.ts';
import { Refusal } from '../command.ts';
import type { DeployOptions, Means } from '../deploy.ts';
import { applyAll, applyMigration, ensureHistory, fileName, type Migration } from '../migrations.ts';
import { drain } from './drain.ts';
import { describe, isOffHours, readOffHours } from './off-hours.ts';
import type { Rehearsal } from './rehearse.ts';
import { verify } from './verify.ts';
import {
  announceWindow,
  closeWindow,
  holdWindow,
  hasMaintenanceWindows,
  openWindow,
  requireWindow,
  type Window,
} from './window.ts';

const MESSAGE = 'The server is being updated.';

export interface Change {
  cluster: Cluster;
  applied: Migration[];
  pending: Migration[];
  rehearsal: Rehearsal;
}

export interface Changed {
  backup: string | null;
  window: Window | null;
  /** When the deploy took over the window, and when the server accepted work again. */
  heldAt: Date | null;
  closedAt: Date | null;
}

/** Everything that users notice: the window opens, backup, push, verification, the window closes. */
export async function changeDatabase(options: DeployOptions, means: Means, change: Change): Promise<Changed> {
  const { lock, step, guard } = means;
  const { note } = options.progress;
  let backup: string | null = null;
  const prepareMessage = () => guard.tell({ message: unfinishedMessage(backup) });
  const window = await step('window', () => takeWindow(options, means, change, prepareMessage));
  const heldAt = window ? await serverTime(means) : null;

  if (change.pending.length > 0) {
    if (window) {
      await step('drain', async () => {
        const busy = await drain(lock.sql);
        if (busy.length > 0)
          note(`still running after 30 s, continuing without waiting for: ${busy.join(', ')}`);
      });
    }
    backup = await step('backup', () => backUp(options, means, change));
    if (window) prepareMessage();
    await step('push', () => push(options, means, change));
  }

  await step('verify', async () => {
    const { expected, drift } = change.rehearsal;
    (await verify(lock.sql, expected, drift)).forEach(note);
  });
  if (!window) return { backup, window, heldAt, closedAt: null };
  const closedAt = await step('close', () => closeWindow(lock.sql));
  guard.tell({ message: null });
  return { backup, window, heldAt, closedAt };
}

/** Holds the window to work in and returns it; null if nobody uses the server yet or if nothing changes. */
async function takeWindow(
  options: DeployOptions,
  { lock: { sql } }: Means,
  { pending }: Change,
  prepareMessage: () => void,
): Promise<Window | null> {
  const { note } = options.progress;
  if (!(await hasMaintenanceWindows(sql))) {
    note('first deployment: no users to warn');
    return null;
  }
  const open = await openWindow(sql);
  if (open?.leftBehind) {
    prepareMessage();
    note(
      `an earlier deploy has held its window since ${open.startsAt.toISOString()}; this one takes it over`,
    );
    return open;
  }
  if (pending.length === 0) return null;
  const hours = readOffHours(options.env ?? process.env);
  if (!options.anyHour && !isOffHours(options.now ?? new Date(), hours)) {
    throw new Refusal(`It is outside the off-hours (${describe(hours)}). To deploy anyway: --any-hour.`);
  }
  const announced = open ?? (options.openNow ? null : await requireWindow(sql));
  // Prepared before the window is held: otherwise a process that dies between the two leaves the window unexplained.
  prepareMessage();
  const window = announced ?? (await announceWindow(sql, new Date(), 10, MESSAGE));
  await holdWindow(sql, window);
  note(`held, open since ${window.startsAt.toISOString()}`);
  return window;
}

async function serverTime({ lock: { sql } }: Means): Promise<Date> {
  const [row] = await sql`select now() as now`;
  return row?.now as Date;
}

/** Backs up, restores the backup locally, and tries the pending migrations on that copy of the real data. */
async function backUp(
  options: DeployOptions,
  { lock: { sql } }: Means,
  change: Change,
): Promise<string | null> {
  const { note } = options.progress;
  if (change.applied.length === 0) {
    note('first deployment: nothing to back up');
    return null;
  }
  for (const name of await pruneBackups(options.backups))
    note(`removed ${name}, older than 30 days or unfinished`);
  const backup = await writeBackup(sql, options.backups);
  note(`written to ${backup}`);
  const copy = await verifyBackup(change.cluster, backup);
  note(`restored into a local database: ${copy.rows} rows, every table is identical`);
  note(await addPgDump(options.url, backup));
  const started = Date.now();
  await withConnection(copy.url, (sql) => applyAll(sql, change.pending));
  note(`pending migrations tried on that copy: ${Date.now() - started} ms`);
  return backup;
}

async function push({ progress }: DeployOptions, { lock }: Means, { pending }: Change): Promise<void> {
  await ensureHistory(lock.sql);
  for (const migration of pending) {
    await lock.check();
    await applyMigration(lock.sql, migration);
    progress.note(`applied ${fileName(migration)}`);
  }
  await lock.sql.notify('pgrst', 'reload schema');
}

/** The message for the person at the terminal if the deploy ends here, for whatever reason. */
function unfinishedMessage(backup: string | null): string {
  return [
    'The deploy did not finish. The maintenance window is still held: devices keep working offline and wait to sync.',
    backup ? `The backup is ${backup}.` : 'Nothing was changed yet.',
    'Next step: run  npm run db:deploy  again; it continues from here.',
    backup
      ? `Or restore the backup: npm run db:restore -- ${backup}`
      : 'Or call it off: npm run db:deploy -- --release',
  ].join('\n');
}
