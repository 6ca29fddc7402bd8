import { expect, test, vi } from 'vitest';
import type { MaintenanceWindow } from '$lib/entities/maintenance-window';
import { noticeOf } from './notice';

/** A moment of Friday, 13 March 2026, by this device's clock. */
const at = (time: string) => new Date(`2026-03-13T${time}`);
const window = (more: Partial<MaintenanceWindow> = {}) =>
  ({
    id: 'one',
    starts_at: at('21:00').toISOString(),
    ends_at: at('21:10').toISOString(),
    message: 'The server is being updated.',
    held_by_deploy: false,
    closed_at: null,
    cancelled_at: null,
    ...more,
  }) as MaintenanceWindow;

const said = (
  now: Date,
  windows = [window()],
  refusedAt: Date | null = null,
  syncedAt: Date | null = at('20:59'),
) => {
  const notice = noticeOf(windows, { refusedAt, syncedAt }, now);
  return notice && [notice.nearness, notice.title, notice.countdown, notice.times];
};

test.each([
  [new Date('2026-03-12T20:59'), undefined],
  [new Date('2026-03-12T21:00'), ['day', 'Scheduled maintenance', '', 'tomorrow 21:00 to 21:10, your time.']],
  [at('19:59'), ['day', 'Scheduled maintenance', '', 'today 21:00 to 21:10, your time.']],
  [at('20:00'), ['hour', 'Scheduled maintenance', 'in 60 min', 'today 21:00 to 21:10, your time.']],
  [at('20:50'), ['minutes', 'Scheduled maintenance', 'in 10 min', 'today 21:00 to 21:10, your time.']],
  [at('20:59:50'), ['minutes', 'Scheduled maintenance', 'in 1 min', 'today 21:00 to 21:10, your time.']],
  [at('21:00'), ['open', 'Maintenance in progress', '', 'until 21:10, your time.']],
  [at('21:10'), undefined],
])('at %s, an offline device says what the plan says: %s', (now, expected) => {
  expect(said(now)).toEqual(expected);
});

test('a window over midnight names the day of its end, as seen from now', () => {
  const overnight = window({ ends_at: new Date('2026-03-14T00:30').toISOString() });
  expect(said(at('12:00'), [overnight])?.[3]).toBe('today 21:00 to tomorrow 00:30, your time.');
  expect(said(new Date('2026-03-12T21:30'), [overnight])?.[3]).toBe(
    'tomorrow 21:00 to Sat, Mar 14, 00:30, your time.',
  );
  expect(said(at('23:00'), [overnight])?.[3]).toBe('until tomorrow 00:30, your time.');
});

test('maintenance that overruns is running late, not over', () => {
  const late = ['late', 'Maintenance in progress.', '', 'It was due to end at 21:10 and is running late.'];
  expect(said(at('21:12'), [window()], at('21:11'))).toEqual(late);
  expect(said(at('21:12'), [window({ held_by_deploy: true })])).toEqual(late);
});

test('just after the planned end, the notice stays until the device has asked', () => {
  expect(said(at('21:10:02'), [window()], at('21:09:30'))?.[0]).toBe('open');
});

test('unannounced maintenance is shown once the server reports it', () => {
  const words = ['open', 'Maintenance in progress.', '', ''];
  expect(said(at('12:00'), [], at('11:59'))).toEqual(words);
  expect(said(at('12:00'), [window()], at('11:59')), 'with another one ahead').toEqual(words);
  const synced = at('21:15');
  expect(said(at('23:00'), [window()], at('22:59'), synced), 'after one that went as planned').toEqual(words);
});

test('a closed or canceled window is not shown', () => {
  expect(said(at('21:05'), [window({ closed_at: at('21:04').toISOString() })])).toBeUndefined();
  expect(said(at('12:00'), [window({ cancelled_at: at('11:00').toISOString() })])).toBeUndefined();
});

test('a nearer window is a new notice that shows again', () => {
  const unheard = { refusedAt: null, syncedAt: null };
  const keys = ['12:00', '20:30', '20:55', '21:05'].map(
    (time) => noticeOf([window()], unheard, at(time))?.key,
  );
  expect(new Set(keys).size).toBe(4);
  expect(noticeOf([window()], unheard, at('20:31'))?.key).toBe(keys[1]);
});

test('a window in the hour that comes twice says which of the two is meant', () => {
  vi.stubEnv('TZ', 'America/New_York');
  const twice = window({ starts_at: '2026-11-01T05:30:00Z', ends_at: '2026-11-01T06:30:00Z' });
  expect(said(new Date('2026-11-01T04:00:00Z'), [twice])?.[3]).toBe(
    'today 01:30 (the first) to 01:30 (the second), your time.',
  );
  vi.unstubAllEnvs();
});
