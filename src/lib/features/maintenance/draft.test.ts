import { expect, test } from 'vitest';
import { checkWindow, windowValues } from './draft';

const now = new Date('2026-03-15T12:00:00');
const draft = (starts: string, ends: string) => ({ starts, ends, message: '' });

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
