import { expect, test } from 'vitest';
import { asQuery, fromQuery, readChoices, withChoices } from './choices';

test('the address keeps its other parts when choices change', () => {
  const url = new URL('https://crm.example.com/deals?new=deal&mine=1&stage=new_lead');
  const next = withChoices(url, { mine: '1', preset: 'won' });
  expect(readChoices(next.searchParams)).toEqual({ mine: '1', preset: 'won' });
  expect(next.searchParams.get('new')).toBe('deal');
});

test('restores a saved view; board or list is not part of it', () => {
  const choices = { view: 'list', mine: '1', sort: 'amount-down' };
  expect(fromQuery(asQuery(choices, 'rice'))).toEqual({ choices, text: 'rice' });
  expect(asQuery({ view: 'list' }, ' ')).toEqual({});
  expect(fromQuery({ stage: 7, later: 'x' })).toEqual({ choices: {}, text: '' });
});
