import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hashOf, lintHistory, type Released } from '../../supabase/deploy/lint-history';
import {
  fileName,
  pendingMigrations,
  readMigrations,
  type Migration,
} from '../../supabase/deploy/migrations';
import { lintTags, readReleased, recordRelease } from '../../supabase/deploy/release';

const folders: string[] = [];
const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'crm-history-'));
  folders.push(path);
  return path;
};
afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));

const migration = (version: string, sql: string): Migration => ({ version, name: 'x', sql });
const define = (name: string, body = 'select 1') =>
  `create or replace function ${name}() returns int language sql as $$ ${body} $$;`;
const release = (...files: Migration[]): Released =>
  Object.fromEntries(files.map((file) => [fileName(file), hashOf(file)]));
const rules = (files: Migration[], released: Released = {}) =>
  lintHistory(files, released).map(({ where, rule }) => `${where} ${rule}`);

it('the history of this checkout has no finding', async () => {
  const released = await readReleased();
  expect(lintHistory(await readMigrations(), released)).toEqual([]);
  expect(await lintTags(released)).toEqual([]);
});

describe('before a release', () => {
  it('two files never define the same function', () => {
    const files = [
      migration('1', define('private.a')),
      migration('2', `-- create function private.a\n${define('Private."a"')}`),
    ];
    expect(rules(files)).toEqual(['2_x.sql define-once']);
    expect(rules([migration('1', `${define('private.a')}\n${define('private.a')}`)])).toEqual([
      '1_x.sql define-once',
    ]);
    expect(rules([migration('1', define('private.a')), migration('2', define('api.a'))])).toEqual([]);
  });

  it('a file may be edited in place', () => {
    expect(rules([migration('1', define('private.a', 'select 2'))])).toEqual([]);
  });
});

describe('after a release', () => {
  const first = migration('1', define('private.a'));
  const released = release(first);

  it('a later file replaces a function as a whole', () => {
    expect(rules([first, migration('2', define('private.a', 'select 2'))], released)).toEqual([]);
  });

  it.each([
    ['do $$ begin execute replace(pg_get_functiondef(1), $a$1$a$, $a$2$a$); end $$;'],
    ['update pg_catalog.pg_proc set prosrc = $$ select 2 $$;'],
    ['alter function private.a() volatile;'],
    ["ALTER FUNCTION private.a()\n  SET search_path = '';"],
  ])('no later file changes a part of a function: %s', (sql) => {
    expect(rules([first, migration('2', sql)], released)).toEqual(['2_x.sql replace-whole-function']);
  });

  it('a later file may give a function another owner', () => {
    expect(
      rules([first, migration('2', 'alter function private.a() owner to crm_logger;')], released),
    ).toEqual([]);
  });

  it('a released file is never edited or removed', () => {
    expect(rules([migration('1', `${first.sql}\n`)], released)).toEqual(['1_x.sql keep-released-file']);
    expect(rules([], released)).toEqual(['1_x.sql keep-released-file']);
  });

  it('a new file comes after the released ones', () => {
    expect(rules([migration('0', define('private.b')), first], released)).toEqual(['0_x.sql append-only']);
  });

  it('the next release records new files and keeps the old ones', async () => {
    const path = join(folder(), 'released.json');
    writeFileSync(path, '{}');
    expect(await recordRelease([first], path)).toEqual(['1_x.sql']);
    const second = migration('2', define('private.a', 'select 2'));
    expect(await recordRelease([first, second], path)).toEqual(['2_x.sql']);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(release(first, second));
    await expect(recordRelease([migration('1', 'select 2;'), second], path)).rejects.toThrow(
      'has changed since',
    );
    expect(await readReleased(path)).toEqual(release(first, second));
  });

  it('a tag without the record of its files is reported', async () => {
    const repository = folder();
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], {
        cwd: repository,
      });
    git('init', '--quiet');
    mkdirSync(join(repository, 'supabase/migrations'), { recursive: true });
    writeFileSync(join(repository, 'supabase/migrations', fileName(first)), first.sql);
    git('add', '.');
    git('commit', '--quiet', '--no-verify', '-m', 'Begin');
    expect(await lintTags({}, repository)).toEqual([]);
    git('tag', 'v0.1.0');
    expect((await lintTags({}, repository)).map(({ where, rule }) => `${where} ${rule}`)).toEqual([
      '1_x.sql record-release',
    ]);
    expect(await lintTags(released, repository)).toEqual([]);
  });
});

it('a database refuses a checkout that edited its migrations', () => {
  const edited = [migration('1', 'select 2;'), migration('2', 'select 3;')];
  expect(() => pendingMigrations(edited, [migration('1', 'select 1;')])).toThrow('edited after');
  expect(pendingMigrations(edited, [migration('1', '-- Two.\nselect 2')])).toEqual([edited[1]]);
});
