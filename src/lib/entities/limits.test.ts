import { expect, test } from 'vitest';
import { checkLengths } from './limits';

test.each<[string, unknown, boolean]>([
  ['name', 'x'.repeat(300), true],
  ['name', 'x'.repeat(301), false],
  ['name', '😀'.repeat(300), true],
  ['name', '😀'.repeat(301), false],
  ['body', 'x'.repeat(100_000), true],
  ['body', 'x'.repeat(100_001), false],
  ['query', { text: 'x'.repeat(19_988) }, true],
  ['query', { text: 'x'.repeat(19_989) }, false],
  ['tags', Array(1000).fill('x'.repeat(300)), true],
])('a %s is as long as Postgres counts it', (field, value, fits) => {
  expect(checkLengths({ [field]: value }) === undefined).toBe(fits);
});
