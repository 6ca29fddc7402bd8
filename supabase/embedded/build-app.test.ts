import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { digestOf } from './build-app.ts';
import { remove, temporaryFolder } from './harness.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'routes'));
  writeFileSync(join(folder, 'routes/page'), 'one');
});
afterEach(() => {
  vi.unstubAllEnvs();
  remove(folder);
});

test('does not rebuild when files are rewritten with the same content', () => {
  const before = digestOf([folder, join(folder, 'missing')]);
  writeFileSync(join(folder, 'routes/page'), 'one');
  expect(digestOf([folder, join(folder, 'missing')])).toBe(before);
});

test.each([
  ['an edited file', () => writeFileSync(join(folder, 'routes/page'), 'two')],
  ['a new file', () => writeFileSync(join(folder, 'routes/layout'), '')],
  ['a deleted file', () => remove(join(folder, 'routes/page'))],
  ['another project to talk to', () => vi.stubEnv('PUBLIC_SUPABASE_URL', 'https://crm.example.com')],
])('rebuilds after %s', (_, change) => {
  const before = digestOf([folder]);
  change();
  expect(digestOf([folder])).not.toBe(before);
});
