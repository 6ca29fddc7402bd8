import { describe, expect, test } from 'vitest';
import { dateInWords, daysFromToday, exactTime, inWords, localDate, timeInWords } from './format-date';

const now = new Date('2026-03-15T12:00:00');

describe('a calendar day', () => {
  test.each([
    ['2026-03-15', 'today'],
    ['2026-03-16', 'tomorrow'],
    ['2026-03-14', 'yesterday'],
    ['2026-03-18', 'in 3 days'],
    ['2026-03-10', '5 days ago'],
    ['2026-04-02', 'Apr 2'],
    ['2025-12-31', 'Dec 31, 2025'],
  ])('%s is %s', (date, words) => {
    expect(dateInWords(date, now)).toBe(words);
  });

  test('stays a whole number of days over a change of the clocks', () => {
    expect(daysFromToday('2026-04-15', now)).toBe(31);
    expect(daysFromToday('2025-10-15', now)).toBe(-151);
  });

  test('is the same day one minute before and after midnight of the device', () => {
    expect(localDate(new Date('2026-03-15T23:59:00'))).toBe('2026-03-15');
    expect(dateInWords('2026-03-15', new Date('2026-03-15T00:01:00'))).toBe('today');
  });
});

describe('a moment', () => {
  test.each([
    ['2026-03-15T11:59:40', 'just now'],
    ['2026-03-15T11:55:00', '5 min ago'],
    ['2026-03-15T08:05:00', 'today 08:05'],
    ['2026-03-14T21:30:00', 'yesterday 21:30'],
    ['2026-03-02T21:30:00', 'Mar 2'],
    ['2025-03-02T21:30:00', 'Mar 2, 2025'],
  ])('%s is %s', (at, words) => {
    expect(timeInWords(new Date(at), now)).toBe(words);
  });

  test('a device clock slightly ahead reads as just now', () => {
    expect(timeInWords(new Date('2026-03-15T12:00:30'), now)).toBe('just now');
  });
});

test('shows text that is not a date as it is', () => {
  expect(inWords('soon', now)).toBe('soon');
  expect(exactTime('soon')).toBe('soon');
});

test('the exact form of a day has no clock time', () => {
  expect(exactTime('2026-03-15')).toBe('Sunday, March 15, 2026');
});
