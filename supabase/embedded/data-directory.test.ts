import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataDirectory } from './data-directory.ts';
import { remove, temporaryFolder } from './harness.ts';
import { LockedError } from './lock.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => remove(folder));

const NO_PROCESS = 2 ** 22 + 1;

test('refuses a locked directory and says what to do', () => {
  const unlock = new DataDirectory(folder).lock();
  expect(() => new DataDirectory(folder).lock()).toThrow(LockedError);
  expect(() => new DataDirectory(folder).lock()).toThrow(`${folder} is in use`);
  expect(() => new DataDirectory(folder).lock()).toThrow('DATA_DIR');
  unlock();
});

test('takes a lock again after its release', () => {
  new DataDirectory(folder).lock()();
  const unlock = new DataDirectory(folder).lock();
  expect(existsSync(join(folder, 'lock'))).toBe(true);
  unlock();
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});

test('does not take the lock from the next holder when released twice', () => {
  const first = new DataDirectory(folder).lock();
  first();
  const second = new DataDirectory(folder).lock();
  first();
  expect(existsSync(join(folder, 'lock'))).toBe(true);
  second();
});

test.each([
  ['a process that has died', JSON.stringify({ pid: NO_PROCESS, started: null })],
  ['a process whose id was reused', JSON.stringify({ pid: process.pid, started: 'long ago' })],
  ['a process that died while writing', '{"pid":'],
])('takes over the lock of %s', (_, content) => {
  writeFileSync(join(folder, 'lock'), content);
  const unlock = new DataDirectory(folder).lock();
  expect(JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
  unlock();
});

test('keeps a random signing secret that only its owner can read', () => {
  const other = temporaryFolder();
  const secret = new DataDirectory(folder).signingSecret;
  expect(secret).toHaveLength(64);
  expect(new DataDirectory(folder).signingSecret).toBe(secret);
  expect(new DataDirectory(other).signingSecret).not.toBe(secret);
  expect(statSync(join(folder, 'signing-secret')).mode & 0o777).toBe(0o600);
  remove(other);
});

test('leaves no database after an interrupted first start', async () => {
  const directory = new DataDirectory(folder);
  const cutShort = directory.initialize(async (aside) => {
    new DataDirectory(aside);
    writeFileSync(join(aside, 'half'), '');
    throw new Error('cut short');
  });
  await expect(cutShort).rejects.toThrow('cut short');
  expect(directory.hasDatabase).toBe(false);

  await directory.initialize(async (aside) => {
    expect(existsSync(join(aside, 'half'))).toBe(false);
    new DataDirectory(aside);
  });
  expect(directory.hasDatabase).toBe(true);
});
