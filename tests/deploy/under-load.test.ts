import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { announceWindow, openWindow } from '../../supabase/deploy/steps/window';
import { reportLines } from '../../supabase/deploy/report';
import { connect } from '../../supabase/postgres/connect';
import { createDeployed, secondsRefused, type Live } from './live';
import { WritingClient } from './writing-client';

let live: Live & { members: string[] };
beforeAll(async () => {
  live = await createDeployed();
});
afterAll(() => live.drop());

it('five clients lose nothing during a schema change', async () => {
  const clients = live.members.slice(1).map((member) => new WritingClient(live, member));
  const working = clients.map((client) => client.work());

  const owner = connect(live.url);
  await announceWindow(owner, new Date(Date.now() + 1500), 10, 'Version B');
  while (!(await openWindow(owner))) await wait(50);
  const report = await live.deploy(live.versionB);
  await Promise.all(clients.map((client) => client.resumed()));
  clients.forEach((client) => client.stop());
  await Promise.all(working);
  await owner.end();

  for (const line of reportLines(report)) console.log(line);
  expect(report.downtime).toBeGreaterThan(0);
  expect(report.downtime).toBeLessThan(10 * 60_000);
  expect(await secondsRefused(live)).toBeNull();

  for (const client of clients) {
    expect(client.warned, 'knew about the window before it opened').toBe(true);
    expect(client.refusals, 'was told how long to wait').toBeGreaterThan(0);
    expect(client.unexpected).toEqual([]);
  }
  const written = clients.flatMap((client) => client.acknowledged);
  const stored = await live.query<{ id: string }>(
    `select id from public.contacts where last_name = 'Written under load'`,
  );
  expect(stored.map(({ id }) => id).sort()).toEqual([...written].sort());
  const log = await live.query<{ id: string; times: number }>(
    `select l.entity_id as id, count(*)::int as times from public.activity_logs l
     join public.contacts c on c.id = l.entity_id and c.last_name = 'Written under load'
     where l.action = 'create' group by l.entity_id`,
  );
  expect(log).toHaveLength(written.length);
  expect(log.every(({ times }) => times === 1)).toBe(true);

  for (const client of clients) {
    await client.pull();
    expect(client.reset, 'continued from its cursor').toBe(false);
    expect(written.filter((id) => !client.seen.has(id))).toEqual([]);
    expect(client.columns).toContain('nickname');
  }
});
