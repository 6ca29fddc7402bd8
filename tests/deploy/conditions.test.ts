import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { withoutOwner } from '../../supabase/deploy/diff-databases';
import { pendingMigrations } from '../../supabase/deploy/migrations';
import { newMigration } from '../../supabase/deploy/new-migration';
import { lintFiles } from '../../supabase/deploy/lint';
import { pruneBackups } from '../../supabase/deploy/backup/prune';
import { requireCleanGit } from '../../supabase/deploy/steps/git';
import { isOffHours, readOffHours } from '../../supabase/deploy/steps/off-hours';

const folders: string[] = [];
const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'crm-conditions-'));
  folders.push(path);
  return path;
};
afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));

describe('off-hours', () => {
  const hours = { from: 20, to: 6, timeZone: 'Europe/Berlin' };
  it.each([
    ['2026-11-25T18:59:00Z', false],
    ['2026-11-25T19:00:00Z', true],
    ['2026-11-26T04:59:00Z', true],
    ['2026-11-26T05:00:00Z', false],
    ['2026-11-28T11:00:00Z', true],
    // It is already Saturday in Berlin, but not in UTC.
    ['2026-07-31T22:30:00Z', true],
  ])('%s is in them: %s', (moment, expected) => {
    expect(isOffHours(new Date(moment), hours)).toBe(expected);
  });

  it('refuses a meaningless value with a clear message', () => {
    expect(() => readOffHours({ DEPLOY_OFF_HOURS: 'night' })).toThrow('not "night"');
    expect(() => readOffHours({ DEPLOY_TIME_ZONE: 'Mars/Base' })).toThrow('not "Mars/Base"');
  });
});

describe('the work tree', () => {
  it('is refused with uncommitted changes, which are listed', async () => {
    const repository = folder();
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], {
        cwd: repository,
      });
    git('init', '--quiet');
    git('commit', '--quiet', '--allow-empty', '--no-verify', '-m', 'Begin');
    expect(await requireCleanGit(false, repository)).toMatch(/^[0-9a-f]+$/);
    writeFileSync(join(repository, 'forgotten.sql'), '');
    await expect(requireCleanGit(false, repository)).rejects.toThrow('forgotten.sql');
    expect(await requireCleanGit(true, repository)).toContain('uncommitted changes');
  });
});

describe('migrations', () => {
  const migration = (version: string) => ({ version, name: 'x', sql: '' });

  it('one older than the newest in the database is refused', () => {
    const known = ['1', '2', '3'].map(migration);
    expect(() => pendingMigrations(known, [migration('1'), migration('3')])).toThrow('2_x.sql');
  });

  it('a new one is the newest even if a clock was ahead', async () => {
    const directory = folder();
    writeFileSync(join(directory, '20300101000000_ahead.sql'), '');
    const path = await newMigration('Add a nickname', '-- x', directory, new Date('2029-01-01T00:00:00Z'));
    expect(path).toMatch(/20300101000001_add_a_nickname\.sql$/);
  });

  it('Postgres versions that differ in owner rights cause no change', () => {
    const grant = 'GRANT DELETE, INSERT, SELECT ON TABLE';
    const others = 'GRANT SELECT ON TABLE "public"."contacts" TO "authenticated";';
    const noise = [
      'REVOKE ALL ON TABLE "public"."activity_logs" FROM "crm_logger";',
      `${grant} "public"."activity_logs" TO "crm_logger";`,
      `${grant} "public"."contacts" TO "postgres";`,
    ];
    expect(withoutOwner([...noise, others].join('\n\n'), 'postgres')).toBe(others);
    expect(withoutOwner(noise.join('\n\n'), 'postgres')).toBe('');
  });

  it.each([
    ['alter table public.contacts drop column title;', 'ban-drop-column'],
    ['alter table public.contacts rename column city to town;', 'renaming-column'],
    ['alter table public.contacts rename to people;', 'renaming-table'],
    ['drop table public.saved_views;', 'ban-drop-table'],
    ['alter table public.contacts alter column country set not null;', 'adding-not-nullable-field'],
    ['alter table public.contacts alter column city type int using 1;', 'changing-column-type'],
    ['drop function api.digest(jsonb);', 'keep-api-function'],
    ['alter function api.digest(jsonb) rename to sums;', 'keep-api-name'],
    ['drop trigger guard_rows on public.activity_logs;', 'keep-log-guards'],
    ['alter table public.contacts add column nickname text;', 'declare-field'],
    ['ALTER TABLE "public"."contacts"\n  ADD COLUMN "nickname" text;', 'declare-field'],
  ])('the lint refuses %s', async (sql, rule) => {
    const directory = folder();
    writeFileSync(join(directory, '1_bad.sql'), `${sql}\n`);
    const { findings } = await lintFiles([{ version: '1', name: 'bad', sql }], directory);
    expect(findings.map((finding) => finding.rule)).toContain(rule);
  });
});

it('the lint allows a server-only field with a reason', async () => {
  const sql = '-- contract: the server alone writes it\nalter table public.contacts add column score int;';
  const directory = folder();
  writeFileSync(join(directory, '1_score.sql'), sql);
  const { findings } = await lintFiles([{ version: '1', name: 'score', sql }], directory);
  expect(findings.map((finding) => finding.rule)).not.toContain('declare-field');
});

describe('old backups', () => {
  it('are removed after 720 hours, unfinished ones after one', async () => {
    const directory = folder();
    const now = new Date('2026-03-31T12:00:00Z');
    const { mkdirSync, readdirSync } = await import('node:fs');
    for (const name of [
      'backup-20260301115959000',
      'backup-20260301120001000',
      'backup-20260331105959000.partial',
      'backup-20260331115959000.partial',
      'notes',
    ])
      mkdirSync(join(directory, name));
    expect(await pruneBackups(directory, now)).toEqual([
      'backup-20260301115959000',
      'backup-20260331105959000.partial',
    ]);
    expect(readdirSync(directory)).toContain('notes');
  });
});
