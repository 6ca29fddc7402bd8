import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import postgres from 'postgres';
import { restoreAndVerify } from '../../supabase/deploy/restore-and-verify';
import { releaseWindow } from '../../supabase/deploy/steps/release';
import { createDeployed, shutFor, type Live } from './live';

const SCRIPT = fileURLToPath(new URL('killed-deploy.ts', import.meta.url));
const isNumber = (value: unknown) => typeof value === 'number';

/** Runs a deploy of version B that is killed at a point, and returns what was printed after its death. */
async function killAt(live: Live, point: string): Promise<string> {
  const args = ['--import', 'tsx', SCRIPT, live.url, live.versionB, live.backups, point];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const exited = once(child, 'exit');
  // The guard holds the pipe open until it has said what there is to say.
  await once(child, 'close');
  const [, signal] = await exited;
  expect(signal, said).toBe('SIGKILL');
  return said;
}

const hasColumn = async (live: Live, name: string) =>
  (await live.query(`select from information_schema.columns where column_name = $1`, [name])).length > 0;

describe.each([
  ['begin git', { held: false, changed: false }],
  ['begin lock', { held: false, changed: false }],
  ['begin plan', { held: false, changed: false }],
  ['begin lint', { held: false, changed: false }],
  ['begin rehearse', { held: false, changed: false }],
  ['begin window', { held: false, changed: false }],
  ['end window', { held: true, changed: false }],
  ['begin backup', { held: true, changed: false }],
  ['written to', { held: true, changed: false }],
  ['begin push', { held: true, changed: false }],
  ['applied 29990101000000', { held: true, changed: true }],
  ['begin verify', { held: true, changed: true }],
  ['begin close', { held: true, changed: true }],
  ['end close', { held: false, changed: true }],
])('a deploy killed at "%s"', (point, { held, changed }) => {
  let live: Live;
  let said: string;
  beforeAll(async () => {
    live = await createDeployed();
    said = await killAt(live, point);
  });
  afterAll(() => live.drop());

  it(held ? 'leaves the window held, and says so with the next step' : 'leaves no window held', async () => {
    expect(isNumber(await shutFor(live))).toBe(held);
    expect(await hasColumn(live, 'nickname')).toBe(changed);
    if (held) {
      expect(said).toContain('is still held');
      expect(said).toContain('npm run db:deploy');
    }
  });

  it('is finished by the next run, which opens the server again', async () => {
    const report = await live.deploy(live.versionB, { openNow: true });
    expect(await shutFor(live)).toBeNull();
    expect([await hasColumn(live, 'nickname'), await hasColumn(live, 'grade')]).toEqual([true, true]);
    expect(await live.query('select count(*)::int as contacts from public.contacts')).toEqual([
      { contacts: 300 },
    ]);
    expect(live.said.some((line) => line.includes('an earlier deploy left its window held'))).toBe(held);
    if (report.backup) expect(existsSync(report.backup)).toBe(true);
    const open = `select from public.maintenance_windows where held_by_deploy and closed_at is null`;
    expect(await live.query(open)).toEqual([]);
  });
});

describe('a deploy that was killed between two migrations', () => {
  let live: Live;
  beforeAll(async () => {
    live = await createDeployed();
    await live.query(`update public.contacts set title = 'Before' where first_name = 'Contact 1'`);
  });
  afterAll(() => live.drop());

  it('is undone by restoring the backup that it named', async () => {
    const said = await killAt(live, 'applied 29990101000000');
    const backup = /npm run db:restore -- (\S+)/.exec(said)?.[1] ?? '';
    await restoreAndVerify(live.url, backup, () => {});
    expect([await hasColumn(live, 'nickname'), await hasColumn(live, 'grade')]).toEqual([false, false]);
    expect(await shutFor(live)).toBeNull();
    expect(await live.query(`select title from public.contacts where first_name = 'Contact 1'`)).toEqual([
      { title: 'Before' },
    ]);
  });

  it('before anything changed is called off by releasing the window, once a push and a pull work', async () => {
    await killAt(live, 'begin backup');
    expect(isNumber(await shutFor(live))).toBe(true);
    expect(await releaseWindow(live.url)).toContain('was closed at');
    expect(await shutFor(live)).toBeNull();
    expect(await releaseWindow(live.url)).toBe('No deploy holds a window.');
  });
});

describe('a migration that fails on the real data', () => {
  it('fails on the copy first: the live database has not changed, the window is held, a mended deploy goes through', async () => {
    const live = await createDeployed();
    const { writeFileSync, rmSync } = await import('node:fs');
    const bad = `${live.versionB}/29990101000002_bad.sql`;
    writeFileSync(
      bad,
      `do $$ begin if exists (select from public.contacts) then raise 'not with these rows'; end if; end $$;`,
    );
    await expect(live.deploy(live.versionB, { openNow: true })).rejects.toThrow('not with these rows');
    expect(await hasColumn(live, 'nickname')).toBe(false);
    expect(isNumber(await shutFor(live))).toBe(true);
    rmSync(bad);
    const report = await live.deploy(live.versionB);
    expect(report.applied).toHaveLength(2);
    expect(await shutFor(live)).toBeNull();
    const owner = postgres(live.url, { max: 1 });
    expect(await owner`select api.health() as word`).toEqual([{ word: 'crm-ok' }]);
    await owner.end();
    await live.drop();
  });
});
