import { expect, test } from 'vitest';
import { updateValues } from './update-values';

const row = { phones: [{ value: '(212) 555-0147', label: 'work' }], country: null };

test('does not add a number that is there in another spelling', () => {
  expect(updateValues(row, { phones: [{ value: '+1 212 555 0147', label: null }] })).toEqual({});
});

test('a number of another area code is added as it is written', () => {
  expect(updateValues(row, { phones: [{ value: '312.555.0147', label: 'home' }] })).toEqual({
    phones: [...row.phones, { value: '312.555.0147', label: 'home' }],
  });
});
