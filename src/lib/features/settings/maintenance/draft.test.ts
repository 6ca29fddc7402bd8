import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { checkWindow, isTwice, windowMoments, windowValues, type Turn } from './draft';
import { lengthInWords, turnOf } from './wall-clock';

afterEach(() => vi.unstubAllEnvs());

const now = new Date('2026-03-15T12:00:00');
const draft = (starts: string, ends: string, startsTurn: Turn = '', endsTurn: Turn = '') => ({
  ...{ starts, startsTurn, ends, endsTurn },
  message: '',
});

test('a window has a start, a later end, and is not over yet', () => {
  expect(checkWindow(draft('', ''), now)).toHaveProperty('starts');
  expect(checkWindow(draft('2026-03-15T13:00', ''), now)).toHaveProperty('ends');
  expect(checkWindow(draft('2026-03-15T13:00', '2026-03-15T13:00'), now)).toHaveProperty('ends');
  expect(checkWindow(draft('2026-03-15T10:00', '2026-03-15T11:00'), now)).toHaveProperty('ends');
  expect(checkWindow(draft('2026-03-15T11:00', '2026-03-15T13:00'), now)).toEqual({});
});

test('local times are stored as moments', () => {
  const values = windowValues({ ...draft('2026-03-15T13:00', '2026-03-15T14:00'), message: ' Soon ' });
  expect(values).toEqual({
    starts_at: new Date('2026-03-15T13:00').toISOString(),
    ends_at: new Date('2026-03-15T14:00').toISOString(),
    message: 'Soon',
  });
});

describe('in New York', () => {
  beforeEach(() => void vi.stubEnv('TZ', 'America/New_York'));

  const before = new Date('2026-01-01T00:00:00Z');
  const stored = (...times: Parameters<typeof draft>) => {
    const window = draft(...times);
    expect(checkWindow(window, before)).toEqual({});
    const { starts_at, ends_at } = windowValues(window);
    return [starts_at, ends_at].map((at) => at?.slice(0, 16));
  };
  const problems = (...times: Parameters<typeof draft>) => {
    return checkWindow(draft(...times), before);
  };

  test('refuses a time in the hour that the clocks skip, and names the hour', () => {
    const words =
      'The clocks go forward that day: the time from 02:00 to 03:00 does not exist. Choose another time.';
    expect(problems('2026-03-08T02:30', '2026-03-08T03:30')).toEqual({ starts: words });
    expect(problems('2026-03-08T01:30', '2026-03-08T02:00')).toEqual({ ends: words });
    expect(stored('2026-03-08T01:30', '2026-03-08T03:00')).toEqual(['2026-03-08T06:30', '2026-03-08T07:00']);
  });

  test('asks which of two equal times is meant, and stores that one', () => {
    expect(isTwice('2026-11-01T01:30')).toBe(true);
    expect(problems('2026-11-01T01:30', '2026-11-01T03:00')).toHaveProperty('starts');
    expect(problems('2026-11-01T00:30', '2026-11-01T01:30')).toHaveProperty('ends');
    const [first, second] = ['2026-11-01T05:30', '2026-11-01T06:30'];
    expect(stored('2026-11-01T01:30', '2026-11-01T01:30', 'first', 'second')).toEqual([first, second]);
    expect(stored('2026-11-01T00:30', '2026-11-01T01:30', '', 'first')).toEqual(['2026-11-01T04:30', first]);
    expect(stored('2026-11-01T01:30', '2026-11-01T02:00', 'second')).toEqual([second, '2026-11-01T07:00']);
    expect(problems('2026-11-01T01:30', '2026-11-01T01:30', 'second', 'first')).toEqual({
      ends: 'The end must be after the start.',
    });
  });

  test('the hours around a change of the clocks come once', () => {
    const times = ['2026-11-01T00:59', '2026-11-01T02:00', '2026-03-08T01:59', '2026-03-08T03:00'];
    expect(times.map(isTwice)).toEqual([false, false, false, false]);
  });

  test('a time that occurred twice says which it was', () => {
    const moments = ['2026-11-01T05:30Z', '2026-11-01T06:30Z', '2026-11-01T07:30Z', '2026-03-08T07:00Z'];
    expect(moments.map((at) => turnOf(new Date(at)))).toEqual([' (the first)', ' (the second)', '', '']);
  });

  test('the length is that of the window, not of the figures on the clock', () => {
    const { from, to } = windowMoments(draft('2026-11-01T00:30', '2026-11-01T02:30'));
    expect(lengthInWords((to?.getTime() ?? 0) - (from?.getTime() ?? 0))).toBe('3 h');
  });
});

test('names a skipped half hour too', () => {
  vi.stubEnv('TZ', 'Australia/Lord_Howe');
  const { starts } = checkWindow(draft('2026-10-04T02:15', '2026-10-04T04:00'), new Date('2026-01-01'));
  expect(starts).toContain('from 02:00 to 02:30');
});

test('a year of two digits is one of this century, and an impossible one is refused', () => {
  expect(windowValues(draft('0026-03-15T13:00', '0026-03-15T14:00')).starts_at).toBe(
    new Date('2026-03-15T13:00').toISOString(),
  );
  expect(checkWindow(draft('0206-03-15T13:00', ''), now)).toEqual({
    starts: 'Choose a year from 1900 to 2199.',
  });
});

test.each([
  [0, '0 min'],
  [45, '45 min'],
  [60, '1 h'],
  [90, '1 h 30 min'],
  [26 * 60, '26 h'],
])('%i minutes are %s', (minutes, words) => {
  expect(lengthInWords(minutes * 60_000)).toBe(words);
});
