import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restoreAndVerify } from '../../supabase/deploy/restore-and-verify';
import { releaseWindow } from '../../supabase/deploy/steps/release';
import { connect } from '../../supabase/postgres/connect';
import { hasColumn, killAt } from './kills';
import { createDeployed, secondsRefused, type Live } from './live';

const isNumber = (value: unknown) => typeof value === 'number';

describe('a deploy killed between two migrations', () => {
  let live: Live;
  beforeAll(async () => {
    live = await createDeployed();
    await live.query(`update public.contacts set title = 'Before' where first_name = 'Contact 1'`);
  });
  afterAll(() => live.drop());

  it('is undone by restoring the backup it named', async () => {
    const said = await killAt(live, 'applied 29990101000000');
    const backup = /npm run db:restore -- (\S+)/.exec(said)?.[1] ?? '';
    await restoreAndVerify(live.url, backup, () => {});
    expect([await hasColumn(live, 'nickname'), await hasColumn(live, 'grade')]).toEqual([false, false]);
    expect(await secondsRefused(live)).toBeNull();
    expect(await live.query(`select title from public.contacts where first_name = 'Contact 1'`)).toEqual([
      { title: 'Before' },
    ]);
  });

  it('is called off by releasing the window if nothing changed', async () => {
    await killAt(live, 'begin backup');
    expect(isNumber(await secondsRefused(live))).toBe(true);
    expect(await releaseWindow(live.url)).toContain('was closed at');
    expect(await secondsRefused(live)).toBeNull();
    expect(await releaseWindow(live.url)).toBe('No deploy holds a window.');
  });
});

describe('a migration that fails on the real data', () => {
  it('fails on the copy first, and a fixed deploy then succeeds', async () => {
    const live = await createDeployed();
    const { writeFileSync, rmSync } = await import('node:fs');
    const bad = `${live.versionB}/29990101000002_bad.sql`;
    writeFileSync(
      bad,
      `do $$ begin if exists (select from public.contacts) then raise 'not with these rows'; end if; end $$;`,
    );
    await expect(live.deploy(live.versionB, { openNow: true })).rejects.toThrow('not with these rows');
    expect(await hasColumn(live, 'nickname')).toBe(false);
    expect(isNumber(await secondsRefused(live))).toBe(true);
    rmSync(bad);
    const report = await live.deploy(live.versionB);
    expect(report.applied).toHaveLength(2);
    expect(await secondsRefused(live)).toBeNull();
    const owner = connect(live.url);
    expect(await owner`select api.health() as word`).toEqual([{ word: 'crm-ok' }]);
    await owner.end();
    await live.drop();
  });
});
