import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBackend, type Backend } from '../../supabase/embedded/backend-app';
import { PUBLISHABLE_KEY } from '../../supabase/embedded/boot';
import { observe } from '../../supabase/monitoring/check';
import { monitors, NAMES, type Monitor } from '../../supabase/monitoring/monitors';
import { UptimeRobot } from '../../supabase/monitoring/uptimerobot';
import { listen, staticHost } from './static-host';

const appPage = readFileSync(new URL('../../src/app.html', import.meta.url), 'utf8');

describe('the two monitors', () => {
  let folder: string;
  let backend: Backend;
  let app: Awaited<ReturnType<typeof listen>>;
  let api: Awaited<ReturnType<typeof listen>>;
  let site: Monitor;
  let server: Monitor;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'crm-uptime-'));
    backend = await createBackend({ dataDir: folder, seed: 'none' });
    app = await listen(staticHost({ '/200.html': { type: 'text/html', body: appPage } }, []));
    api = await listen((request, response) => void backend.listener(request, response));
    [site, server] = monitors(app.origin, api.origin, PUBLISHABLE_KEY) as [Monitor, Monitor];
  });
  afterAll(async () => {
    await backend.close();
    await api.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are up while all is well', async () => {
    expect([await observe(site), await observe(server)]).toEqual([{ up: true }, { up: true }]);
  });

  it('stay up during maintenance: a deployment wakes nobody', async () => {
    await backend.database.script(
      `insert into public.maintenance_windows (id, starts_at, ends_at)
       values (gen_random_uuid(), now() - interval '1 minute', now() + interval '9 minutes')`,
    );
    const [row] = await backend.database.query('select private.maintenance_seconds() as seconds');
    expect(row?.seconds).toBeGreaterThan(0);
    expect(await observe(server)).toEqual({ up: true });
    await backend.database.script('update public.maintenance_windows set closed_at = now()');
  });

  it('go down while the nightly retention is overdue', async () => {
    await backend.database.script(`update private.retention_runs set ran_at = ran_at - interval '27 hours'`);
    expect(await observe(server)).toEqual({ up: false, reason: '"crm-ok" is missing' });
    await backend.database.script('select private.enforce_retention()');
    expect(await observe(server)).toEqual({ up: true });
  });

  it('go down with the database and with the app’s host', async () => {
    await backend.close();
    expect(await observe(server)).toEqual({ up: false, reason: 'status 503' });
    expect(await observe(site)).toEqual({ up: true });
    await app.close();
    expect(await observe(site)).toMatchObject({ up: false });
  });

  it('are not fooled by another page at the same address', async () => {
    const parked = await listen((_, response) => void response.end('<html>This domain is for sale</html>'));
    expect(await observe({ ...site, url: parked.origin })).toMatchObject({ up: false });
    await parked.close();
  });
});

describe('the providers', () => {
  const all = monitors('https://crm.example.com', 'https://project.example.com', 'sb_publishable_x');

  it('Gatus checks the same addresses for the same words', () => {
    const file = readFileSync(new URL('../../supabase/monitoring/gatus.yaml', import.meta.url), 'utf8')
      .replaceAll('${APP_URL}', 'https://crm.example.com')
      .replaceAll('${SUPABASE_URL}', 'https://project.example.com')
      .replaceAll('${SUPABASE_KEY}', 'sb_publishable_x');
    for (const { name, url, keyword } of all) {
      expect(file).toContain(`name: '${name}'`);
      expect(file).toContain(`url: '${url}'`);
      expect(file).toContain(`pat(*${keyword}*)`);
    }
  });

  it('UptimeRobot gets each monitor once, with the email contact', async () => {
    const calls: [method: string, fields: Record<string, string>][] = [];
    const made: { id: number; friendly_name: string; mwindows: { id: number }[] }[] = [];
    const robot = await listen((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        const method = request.url?.split('/').at(-1) ?? '';
        const fields = Object.fromEntries(new URLSearchParams(body));
        calls.push([method, fields]);
        if (method === 'newMonitor')
          made.push({
            id: made.length + 1,
            friendly_name: fields.friendly_name ?? '',
            mwindows: [{ id: 4 }],
          });
        const known = [{ id: '7', value: 'ops@example.com' }];
        const others = { alert_contacts: known, alertcontact: { id: '7' }, mwindow: { id: 9 } };
        response.end(JSON.stringify({ stat: 'ok', monitors: made, ...others }));
      });
    });
    const account = new UptimeRobot('key', `${robot.origin}/v2/`);
    await account.apply(all, 'ops@example.com');
    await account.apply(all, 'ops@example.com');
    await account.announce([...NAMES], new Date('2026-12-05T21:00:00Z'), 10);
    await robot.close();

    const count = (method: string) => calls.filter(([name]) => name === method).length;
    expect([count('newMonitor'), count('newAlertContact')]).toEqual([2, 0]);
    const [, server] = calls.filter(([name]) => name === 'newMonitor');
    expect(server?.[1]).toMatchObject({
      ...{ type: '2', keyword_type: '2', keyword_value: 'crm-ok', alert_contacts: '7_0_0' },
      url: 'https://project.example.com/rest/v1/rpc/health?apikey=sb_publishable_x',
    });
    expect(calls.find(([name]) => name === 'newMWindow')?.[1]).toMatchObject({
      ...{ type: '1', start_time: '1796504400', duration: '10' },
    });
    const edits = calls.filter(([name]) => name === 'editMonitor').map(([, fields]) => fields);
    expect(edits.slice(0, 2).map(({ id, keyword_value }) => [id, keyword_value])).toEqual([
      ['1', 'content="Atomic CRM"'],
      ['2', 'crm-ok'],
    ]);
    expect(
      edits.slice(2).map(({ id, mwindows }) => [id, mwindows]),
      'both monitors get the window and keep their old one',
    ).toEqual([
      ['1', '4-9'],
      ['2', '4-9'],
    ]);
  });

  it('UptimeRobot’s refusal is reported in its own words', async () => {
    const robot = await listen((_, response) =>
      response.end(JSON.stringify({ stat: 'fail', error: { message: 'api_key is invalid.' } })),
    );
    await expect(new UptimeRobot('key', `${robot.origin}/v2/`).apply(all, 'ops@example.com')).rejects.toThrow(
      'api_key is invalid.',
    );
    await robot.close();
  });
});
