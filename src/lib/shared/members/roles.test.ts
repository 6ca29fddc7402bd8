import { expect, test } from 'vitest';
import type { Member } from '$lib/entities/member';
import { isLastAdmin, sortTeam } from './roles';

const member = (id: string, more: Partial<Member> = {}) =>
  ({ id, email: `${id}@example.com`, full_name: null, role: 'rep', active: true, ...more }) as Member;

test('an admin is the last one if the others are inactive', () => {
  const admin = member('a', { role: 'admin' });
  const left = member('b', { role: 'admin', active: false });
  expect(isLastAdmin(admin, [admin, left])).toBe(true);
  expect(isLastAdmin(admin, [admin, { ...left, active: true }])).toBe(false);
  expect(isLastAdmin(member('c'), [admin])).toBe(false);
});

test('those without access come last', () => {
  const team = [member('a', { active: false }), member('c'), member('b', { full_name: 'Zoe' })];
  expect(sortTeam(team).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});
