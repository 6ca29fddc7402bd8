import { expect, test, vi } from 'vitest';
import { localMoment } from './local-moment';

test.each([
  ['America/New_York', '2026-12-01T02:30:00Z', '2026-11-30T21:30:00-05:00'],
  ['America/New_York', '2026-06-01T02:30:00.120Z', '2026-05-31T22:30:00.120-04:00'],
  ['Asia/Kathmandu', '2026-11-30T21:30:00Z', '2026-12-01T03:15:00+05:45'],
  ['America/St_Johns', '2026-12-01T02:30:00Z', '2026-11-30T23:00:00-03:30'],
  ['UTC', '2026-12-01T02:30:00+02:00', '2026-12-01T00:30:00+00:00'],
])('in %s, a file gives the local time of %s and the same moment', (zone, moment, local) => {
  vi.stubEnv('TZ', zone);
  expect(localMoment(moment)).toBe(local);
  expect(Date.parse(local)).toBe(Date.parse(moment));
  vi.unstubAllEnvs();
});
