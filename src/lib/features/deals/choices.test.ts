import { expect, test } from 'vitest';
import { asQuery, fromQuery, readChoices, withChoices } from './choices';

test('the address holds the choices and nothing else of it is lost', () => {
  const url = new URL('https://crm.example.com/deals?new=deal&mine=1&stage=new_lead');
  const next = withChoices(url, { mine: '1', preset: 'won' });
  expect(readChoices(next.searchParams)).toEqual({ mine: '1', preset: 'won' });
  expect(next.searchParams.get('new')).toBe('deal');
});

test('a view comes back as it was saved; the mere way of looking is no view', () => {
  const choices = { view: 'list', mine: '1', sort: 'amount-down' };
  expect(fromQuery(asQuery(choices, 'rice'))).toEqual({ choices, text: 'rice' });
  expect(asQuery({ view: 'list' }, ' ')).toEqual({});
  expect(fromQuery({ stage: 7, later: 'x' })).toEqual({ choices: {}, text: '' });
});
