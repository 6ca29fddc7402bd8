import { expect, test } from 'vitest';
import { emailsIn } from './emails';

const values = (text: string) => emailsIn(text).addresses.map(({ value }) => value);

test.each([
  ['ann@example.com; N/A', ['ann@example.com']],
  ['mailto:ann@example.com?subject=Hi', ['ann@example.com']],
  ['SMTP:ann@example.com;smtp:bo@example.com', ['ann@example.com', 'bo@example.com']],
  ['‹ann@example.com›', ['ann@example.com']],
  ['{ann@example.com}', ['ann@example.com']],
  ['&lt;ann@example.com&gt;', ['ann@example.com']],
  ['a\u200bnn@example.com', ['ann@example.com']],
  ['Email:ann@example.com', ['ann@example.com']],
  ['ａｎｎ＠example.com', ['ann@example.com']],
  ['ann@example.com、bo@example.com', ['ann@example.com', 'bo@example.com']],
  ['ann@example.com；bo@example.com', ['ann@example.com', 'bo@example.com']],
  ['ann@example.com\\nbo@example.com', ['ann@example.com', 'bo@example.com']],
  ['ann@example.com/bo@example.com', ['ann@example.com', 'bo@example.com']],
  ['ann@example.com [mailto:ann@example.com]', ['ann@example.com', 'ann@example.com']],
  ['"Lee, Ann" <ann@example.com>', ['ann@example.com']],
  ['• ann@example.com!', ['ann@example.com']],
  ['ann @ example.com', ['ann@example.com']],
  ['ann (at) example.com', ['ann@example.com']],
  ['ann@example.com @handle', ['ann@example.com']],
  ["o'brien+x@example.com", ["o'brien+x@example.com"]],
  ['ann@example..com', []],
  ['@handle', []],
  ['ask Ann', []],
])('%j holds the addresses %j', (text, addresses) => {
  expect(values(text)).toEqual(addresses);
});

test('each address keeps the label beside it', () => {
  const both = [
    { value: 'ann@example.com', label: 'work' },
    { value: 'bo@example.com', label: 'home' },
  ];
  expect(emailsIn('ann@example.com (work), bo@example.com (home)')).toEqual({ addresses: both, words: '' });
  expect(emailsIn('Work: ann@example.com; Home:bo@example.com')).toEqual({ addresses: both, words: '' });
});
