import { startCluster } from './cluster.ts';
import { Refusal } from './command.ts';
import { startGuard, type Guard } from './guard.ts';
import { lintFiles, describe } from './lint.ts';
import { lintHistory } from './lint-history.ts';
import { appliedMigrations, fileName, pendingMigrations, readMigrations } from './migrations.ts';
import type { Progress, Step } from './progress.ts';
import { readReleased } from './release.ts';
import { readReport, type Report } from './report.ts';
import { requireCleanGit } from './steps/git.ts';
import { hasMembers, inviteAdmin } from './steps/invitation.ts';
import { takeLock, type Lock } from './steps/lock.ts';
import { changeDatabase, type Change } from './steps/change.ts';
import { requirePlatform } from './steps/platform.ts';
import { rehearse } from './steps/rehearse.ts';

export interface DeployOptions {
  /** A direct connection to the database, as its owner. */
  url: string;
  /** The folder of the migration files. */
  migrations: string;
  /** The folder for backups. */
  backups: string;
  progress: Progress;
  /** The email of the person to invite as the first admin, if the team has no members yet. */
  adminEmail?: string | undefined;
  /** Opens a maintenance window now if none is open. */
  openNow?: boolean;
  /** Deploys outside the off-hours. */
  anyHour?: boolean;
  allowDirty?: boolean;
  acceptDrift?: boolean;
  env?: NodeJS.ProcessEnv;
  /** The time to check against the off-hours. */
  now?: Date;
}

/**
 * Migrates a database to the schema of this checkout: checks and rehearses first, then holds the maintenance window,
 * backs up, pushes, verifies and closes the window. It may be interrupted at any point and run again: it finds in the
 * database what is done and takes over a window that an earlier run left held. A failure while the window is held
 * leaves it held.
 *
 * @throws Refusal if a person has to decide or fix something
 */
export async function deploy(options: DeployOptions): Promise<Report> {
  const guard = startGuard();
  try {
    const step = stepper(options.progress);
    const commit = await step('git', () => requireCleanGit(options.allowDirty ?? false));
    const lock = await step('lock', () => takeLock(options.url));
    try {
      return await underLock(options, { guard, lock, step, commit });
    } finally {
      await lock.release();
    }
  } finally {
    await guard.dismiss();
  }
}

type Stepper = <T>(name: Step, job: () => Promise<T>) => Promise<T>;

export interface Means {
  guard: Guard;
  lock: Lock;
  step: Stepper;
  commit: string;
}

const stepper =
  ({ begin, end }: Progress): Stepper =>
  async (name, job) => {
    const started = performance.now();
    begin(name);
    const result = await job();
    end(name, performance.now() - started);
    return result;
  };

async function underLock(options: DeployOptions, means: Means): Promise<Report> {
  const { lock, step, guard } = means;
  const { sql } = lock;
  const { note } = options.progress;

  const known = await readMigrations(options.migrations);
  const { applied, pending, isFirst } = await step('plan', async () => {
    await requirePlatform(sql);
    const applied = await appliedMigrations(sql);
    const pending = pendingMigrations(known, applied);
    note(pending.length === 0 ? 'no pending migrations' : `${pending.length} pending:`);
    for (const migration of pending) note(fileName(migration));
    const isFirst = !(await hasMembers(sql));
    if (isFirst && !options.adminEmail) {
      throw new Refusal(
        'The team has no members yet. Name its first admin: npm run db:deploy -- --admin ada@example.com',
      );
    }
    return { applied, pending, isFirst };
  });

  await step('lint', async () => {
    const { findings: inFiles, lines } = await lintFiles(pending, options.migrations);
    lines.forEach(note);
    const findings = [...inFiles, ...lintHistory(known, await readReleased())];
    if (findings.length > 0) throw new Refusal(findings.map(describe).join('\n'));
  });

  const cluster = await startCluster();
  guard.tell({ clusterDirectory: cluster.directory });
  try {
    const rehearsal = await step('rehearse', async () => {
      const { acceptDrift = false } = options;
      const rehearsed = await rehearse(cluster, sql, { applied, pending, acceptDrift });
      rehearsed.lines.forEach(note);
      return rehearsed;
    });
    const change: Change = { cluster, applied, pending, rehearsal };
    const changed = await changeDatabase(options, means, change);
    const invitation =
      isFirst && options.adminEmail
        ? { email: options.adminEmail, ...(await inviteAdmin(sql, options.adminEmail)) }
        : null;
    return readReport({ ...changed, commit: means.commit, applied: pending.map(fileName), invitation });
  } finally {
    await cluster.stop();
    guard.tell({ clusterDirectory: null });
  }
}
