import { expect, test } from 'vitest';
import { asQuery, fromQuery } from './saved-view-query';

test('restores the known parts of a saved view', () => {
  const filter = { text: 'harbour', owner: undefined, tag: 'vip', sort: 'company' };
  expect(asQuery(filter)).toEqual({ text: 'harbour', tag: 'vip', sort: 'company' });
  expect(fromQuery(asQuery(filter))).toEqual(filter);
  expect(fromQuery({ text: 7, later: 'x' })).toEqual({ text: '' });
});
