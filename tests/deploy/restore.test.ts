import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyBackup } from '../../supabase/deploy/backup/verify-backup';
import { writeBackup } from '../../supabase/deploy/backup/write-backup';
import { startCluster, type Cluster } from '../../supabase/deploy/cluster';
import { restoreAndVerify } from '../../supabase/deploy/restore-and-verify';
import { connect } from '../../supabase/postgres/connect';
import { pull } from '../db/rpc';
import { createDeployed, createLive, secondsRefused, type Live } from './live';

let cluster: Cluster;
let live: Live & { members: string[] };
let owner: Sql;
beforeAll(async () => {
  cluster = await startCluster();
  live = await createDeployed();
  owner = connect(live.url);
});
afterAll(async () => {
  await owner.end();
  await live.drop();
  await cluster.stop();
});

const restore = (folder: string) => restoreAndVerify(live.url, folder, () => {});
const rows = (sql: string) => live.query(sql);

describe('a backup', () => {
  it('restores exactly the backed-up records, log and accounts', async () => {
    const [member] = live.members.slice(-1);
    const before = await rows(`select to_jsonb(c) - 'xid' as row from public.contacts c order by id`);
    const logged = await rows('select id from public.activity_logs order by id');
    const backup = await writeBackup(owner, live.backups);
    await rows(`update public.contacts set first_name = 'Overwritten', tags = '{}'`);
    await rows(`insert into public.contacts (id, first_name) values (gen_random_uuid(), 'Later')`);
    await live.query('delete from auth.users where id = $1', [member]);

    await restore(backup);

    expect(await rows(`select to_jsonb(c) - 'xid' as row from public.contacts c order by id`)).toEqual(
      before,
    );
    expect(await rows('select id from public.activity_logs order by id')).toEqual(
      expect.arrayContaining(logged),
    );
    expect(await live.query('select encrypted_password from auth.users where id = $1', [member])).toEqual([
      { encrypted_password: 'a hash' },
    ]);
    expect(await secondsRefused(live)).toBeNull();
  });

  it('starts a new epoch, so every device pulls everything again', async () => {
    const member = live.members[1] ?? '';
    const before = await pull(live, member);
    const backup = await writeBackup(owner, live.backups);
    await restore(backup);
    const after = await pull(live, member, before.cursor);
    expect(after.reset).toBe(true);
    expect(after.rows.contacts).toHaveLength(300);
    await restore(backup);
    expect((await pull(live, member, after.cursor)).reset, 'each restore starts another epoch').toBe(true);
  });

  it('delivers every row after a restore into a younger cluster', async () => {
    await rows(`do $$ begin for i in 1..2000 loop
      perform pg_current_xact_id(); commit; end loop; end $$`);
    await rows(`update public.contacts set title = 'Late'`);
    const backup = await writeBackup(owner, live.backups);
    const copy = await verifyBackup(cluster, backup, 'younger');
    const young = connect(copy.url);
    const [ahead] = await young`
      select count(*)::int as rows from public.contacts where xid >= pg_snapshot_xmax(pg_current_snapshot())`;
    await young.end();
    expect(ahead).toEqual({ rows: 0 });
  });

  it('does not restore log entries that are now too old', async () => {
    const backup = await writeBackup(owner, live.backups);
    await restore(backup);
    await rows(`alter table public.activity_logs disable trigger guard_rows`);
    await rows(`alter table public.activity_logs disable trigger guard_table`);
    await rows(
      `update public.activity_logs set "timestamp" = now() - interval '721 hours', occurred_at = now() - interval '721 hours'`,
    );
    await rows(`alter table public.activity_logs enable always trigger guard_rows`);
    await rows(`alter table public.activity_logs enable always trigger guard_table`);
    const old = await writeBackup(owner, live.backups);
    await restore(old);
    expect(
      await rows(`select from public.activity_logs where "timestamp" < now() - interval '720 hours'`),
    ).toEqual([]);
    expect(await rows('select api.health() as word')).toEqual([{ word: 'crm-ok' }]);
  });

  it('is refused if damaged, before anything changes', async () => {
    const backup = await writeBackup(owner, live.backups);
    const damaged = `${backup}-damaged`;
    cpSync(backup, damaged, { recursive: true });
    const file = join(damaged, 'public.contacts.copy.gz');
    writeFileSync(file, readFileSync(join(damaged, 'public.tasks.copy.gz')));
    await expect(restore(damaged)).rejects.toThrow('public.contacts');
    expect(await rows('select count(*)::int as contacts from public.contacts')).toEqual([{ contacts: 300 }]);
    expect(await secondsRefused(live)).toBeNull();
  });

  it('restores into an empty project', async () => {
    const backup = await writeBackup(owner, live.backups);
    const empty = await createLive();
    await restoreAndVerify(empty.url, backup, () => {});
    expect(await empty.query('select count(*)::int as contacts from public.contacts')).toEqual([
      { contacts: 300 },
    ]);
    expect(await empty.query('select count(*)::int as accounts from auth.users')).toEqual([{ accounts: 6 }]);
    await empty.drop();
  });
});

describe('a forward fix', () => {
  it('finishes a deploy whose verification failed, in the same window', async () => {
    await rows(`update private.retention_runs set ran_at = now() - interval '2 days'`);
    await expect(live.deploy(live.versionB, { openNow: true })).rejects.toThrow('crm-stale');
    expect(await secondsRefused(live)).toBeGreaterThan(0);
    writeFileSync(
      join(live.versionB, '29990102000000_catch_up.sql'),
      '-- The nightly run has been missed.\nselect private.enforce_retention();\n',
    );
    const report = await live.deploy(live.versionB);
    expect(report.applied).toEqual(['29990102000000_catch_up.sql']);
    expect(await secondsRefused(live)).toBeNull();
  });
});
