import { expect, test } from 'vitest';
import { asQuery, fromQuery } from './saved-view-query';

test('a view comes back as it was saved, and only with what a list knows', () => {
  const filter = { text: 'harbour', owner: undefined, tag: 'vip', sort: 'company' };
  expect(asQuery(filter)).toEqual({ text: 'harbour', tag: 'vip', sort: 'company' });
  expect(fromQuery(asQuery(filter))).toEqual(filter);
  expect(fromQuery({ text: 7, later: 'x' })).toEqual({ text: '' });
});
