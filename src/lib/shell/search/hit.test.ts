import { expect, test } from 'vitest';
import { hintInWords } from './hit';

test('a task shows its due date, and other records their text', () => {
  const now = new Date('2026-11-30T12:00:00');
  expect(hintInWords({ group: 'Tasks', hint: '2026-12-01' }, now)).toBe('tomorrow');
  expect(hintInWords({ group: 'Tasks', hint: 'Done' }, now)).toBe('Done');
  expect(hintInWords({ group: 'Contacts', hint: '2026-12-01' }, now)).toBe('2026-12-01');
});
