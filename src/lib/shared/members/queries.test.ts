import { expect, test } from 'vitest';
import { memberRow } from '$lib/entities/test-rows';
import { memberChoices } from './queries';

test('two members of the same name can be told apart in a choice', () => {
  const team = [
    memberRow({ id: 'one', full_name: 'Sam Lee', email: 'sam1@example.com' }),
    memberRow({ id: 'two', full_name: 'Sam Lee', email: 'sam2@example.com' }),
    memberRow({ id: 'three', full_name: 'Mia Vale', email: 'mia@example.com' }),
    memberRow({ id: 'four', full_name: null, email: 'new@example.com' }),
  ];
  expect(memberChoices(team, 'two')).toEqual([
    { value: 'one', label: 'Sam Lee, sam1@example.com' },
    { value: 'two', label: 'Sam Lee, sam2@example.com (me)' },
    { value: 'three', label: 'Mia Vale' },
    { value: 'four', label: 'new@example.com' },
  ]);
});
