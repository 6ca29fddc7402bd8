import { expect, test } from 'vitest';
import { readDate } from './read-date';

const local = (text: string) => ({ kind: 'read', day: text.slice(0, 10), at: new Date(text) });

test.each([
  ['2026-03-12', '2026-03-12'],
  ['2026/3/12', '2026-03-12'],
  ['20260312', '2026-03-12'],
  ['2026年3月12日', '2026-03-12'],
  ['12.03.2026', '2026-03-12'],
  ['5.3.2026', '2026-03-05'],
  ['5. 3. 2026', '2026-03-05'],
  ['12.03.26', '2026-03-12'],
  ['3/25/2026', '2026-03-25'],
  ['25/03/2026', '2026-03-25'],
  ['3/25/26', '2026-03-25'],
  ['3/3/2026', '2026-03-03'],
  ['25-Mar-2026', '2026-03-25'],
  ['25-Mar-26', '2026-03-25'],
  ['25 Mar 2026', '2026-03-25'],
  ['Mar 25, 2026', '2026-03-25'],
  ['March 25th, 2026', '2026-03-25'],
  ['Wed, 25 March 2026', '2026-03-25'],
  ['25. März 2026', '2026-03-25'],
  ['1er août 2026', '2026-08-01'],
  ['25 de marzo de 2026', '2026-03-25'],
  ['2026 Mar 25', '2026-03-25'],
  ['46106', '2026-03-25'],
  ['1900-01-01', '1900-01-01'],
  ['2199-12-31', '2199-12-31'],
  ['2028-02-29', '2028-02-29'],
])('the day %j is read as %s', (text, day) => {
  expect(readDate(text)).toEqual({ kind: 'read', day });
});

test.each([
  ['12.03.2026 14:30', '2026-03-12T14:30:00'],
  ['3/25/2026 14:30', '2026-03-25T14:30:00'],
  ['25/03/2026 09:00', '2026-03-25T09:00:00'],
  ['3/25/2026 2:30 PM', '2026-03-25T14:30:00'],
  ['3/25/2026, 12:05:09 a.m.', '2026-03-25T00:05:09'],
  ['2026-03-25 23:30', '2026-03-25T23:30:00'],
  ['2026-03-25T23:30:15.250', '2026-03-25T23:30:15.250'],
  ['25 Mar 2026 9 pm', '2026-03-25T21:00:00'],
  ['25.03.2026 um 14.30 Uhr'.replace(' um', ''), '2026-03-25T14:30:00'],
  ['46106.5', '2026-03-25T12:00:00'],
])('the time of %j is that of this device', (text, moment) => {
  expect(readDate(text)).toEqual(local(moment));
});

test.each([
  ['2026-03-25T23:30:00Z', '2026-03-25T23:30:00Z'],
  ['2026-03-25 23:30 UTC', '2026-03-25T23:30:00Z'],
  ['2026-03-25T23:30:00+02:00', '2026-03-25T21:30:00Z'],
  ['2026-03-25 23:30:00-0500', '2026-03-26T04:30:00Z'],
])('the moment of %j is kept whatever the time zone', (text, moment) => {
  const read = readDate(text);
  expect(read).toMatchObject({ kind: 'read', at: new Date(moment) });
});

test('midnight UTC stands for the day that is written', () => {
  expect(readDate('2026-03-25T00:00:00.000Z')).toMatchObject({ day: '2026-03-25' });
});

test.each(['3/4/2026', '12-03-2026', '3/4/26', '12-03-2026 09:00'])(
  '%j is two days until somebody says which',
  (text) => {
    expect(readDate(text)).toEqual({ kind: 'ambiguous' });
    const [day, month] = [readDate(text, 'day'), readDate(text, 'month')];
    expect([day.kind, month.kind]).toEqual(['read', 'read']);
    expect(day).not.toEqual(month);
  },
);

test('the order is only used if both are possible', () => {
  expect(readDate('3/25/2026', 'day')).toEqual({ kind: 'read', day: '2026-03-25' });
  expect(readDate('3/4/2026', 'day')).toEqual({ kind: 'read', day: '2026-04-03' });
});

test.each([
  ['29.02.2026', /does not exist/],
  ['13/13/2026', /does not exist/],
  ['2026-03-25 25:00', /time that does not exist/],
  ['0206-03-12', /outside 1900 to 2199/],
  ['12.03.0206', /outside/],
  ['9999-12-31', /outside/],
  ['20261-03-12', /outside/],
  ['1899-12-31', /outside/],
  ['3/4/20261', /outside/],
  ['next week', /not a date/],
  ['2026', /not a date/],
  ['12', /not a date/],
  ['Q3 2026', /not a date/],
  ['25 Foo 2026', /not a date/],
  ['tomorrow 14:30', /not a date/],
])('%j is refused with its reason', (text, reason) => {
  expect(readDate(text)).toEqual({ kind: 'unreadable', reason: expect.stringMatching(reason) as string });
});
