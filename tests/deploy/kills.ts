import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeployed, secondsRefused, type Live } from './live';

const SCRIPT = fileURLToPath(new URL('killed-deploy.ts', import.meta.url));
const isNumber = (value: unknown) => typeof value === 'number';

/** Runs a deploy of version B that is killed at a point, and returns what was printed after its death. */
export async function killAt(live: Live, point: string): Promise<string> {
  const args = ['--import', 'tsx', SCRIPT, live.url, live.versionB, live.backups, point];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const exited = once(child, 'exit');
  // The guard keeps the pipe open until it has printed its message.
  await once(child, 'close');
  const [, signal] = await exited;
  expect(signal, said).toBe('SIGKILL');
  return said;
}

/** Whether the column of version B exists. */
export const hasColumn = async (live: Live, name: string) =>
  (await live.query(`select from information_schema.columns where column_name = $1`, [name])).length > 0;

/** The state that a deploy leaves when it is killed at a point. */
type Point = [point: string, left: { held: boolean; changed: boolean }];

/** Kills a deploy at each point, checks what it left, and runs the deploy again. */
export function describeKills(points: Point[]): void {
  describe.each(points)('a deploy killed at "%s"', (point, { held, changed }) => {
    let live: Live;
    let said: string;
    beforeAll(async () => {
      live = await createDeployed();
      said = await killAt(live, point);
    });
    afterAll(() => live.drop());

    it(held ? 'leaves the window held and names the next step' : 'leaves no window held', async () => {
      expect(isNumber(await secondsRefused(live))).toBe(held);
      expect(await hasColumn(live, 'nickname')).toBe(changed);
      if (held) {
        expect(said).toContain('is still held');
        expect(said).toContain('npm run db:deploy');
      }
    });

    it('is finished by the next run, which reopens the server', async () => {
      const report = await live.deploy(live.versionB, { openNow: true });
      expect(await secondsRefused(live)).toBeNull();
      expect([await hasColumn(live, 'nickname'), await hasColumn(live, 'grade')]).toEqual([true, true]);
      expect(await live.query('select count(*)::int as contacts from public.contacts')).toEqual([
        { contacts: 300 },
      ]);
      expect(live.said.some((line) => line.includes('an earlier deploy has held its window'))).toBe(held);
      if (report.backup) expect(existsSync(report.backup)).toBe(true);
      const open = `select from public.maintenance_windows where held_by_deploy and closed_at is null`;
      expect(await live.query(open)).toEqual([]);
    });
  });
}
