import { readFile, writeFile } from 'node:fs/promises';
import { describe, type Finding } from './lint.ts';
import { hashOf, lintHistory, RELEASED, type Released } from './lint-history.ts';
import { Refusal } from './command.ts';
import { fileName, type Migration } from './migrations.ts';
import { run } from './tool.ts';

/** Reads which migration files were released, with their hashes. */
export async function readReleased(path = RELEASED): Promise<Released> {
  return JSON.parse(await readFile(path, 'utf8')) as Released;
}

/**
 * Records that all these migration files are part of a release, so that nobody edits them from now on, and returns the
 * names of the new ones.
 *
 * @throws Refusal if they break the rules of history
 */
export async function recordRelease(migrations: Migration[], path = RELEASED): Promise<string[]> {
  const before = await readReleased(path);
  const findings = lintHistory(migrations, before);
  if (findings.length > 0) throw new Refusal(findings.map(describe).join('\n'));
  const after = Object.fromEntries(migrations.map((migration) => [fileName(migration), hashOf(migration)]));
  await writeFile(path, `${JSON.stringify(after, null, 2)}\n`);
  return Object.keys(after).filter((name) => !(name in before));
}

/**
 * Finds migration files that a tag of a release (`v*`) has and that are not recorded as released. Without git or tags it
 * finds nothing: the recorded list alone protects the files.
 */
export async function lintTags(released: Released, folder = process.cwd()): Promise<Finding[]> {
  const tags = await run('git', ['tag', '--list', 'v*'], {}, folder);
  const findings: Finding[] = [];
  for (const tag of tags.stdout.split('\n').filter(Boolean)) {
    const tree = await run(
      'git',
      ['ls-tree', '-r', '--name-only', tag, '--', 'supabase/migrations'],
      {},
      folder,
    );
    for (const path of tree.stdout.split('\n').filter((name) => name.endsWith('.sql'))) {
      const where = path.split('/').at(-1) ?? path;
      const message = `The tag ${tag} has this file, but it is not recorded as released. Run: npm run db:release`;
      if (!(where in released)) findings.push({ where, rule: 'record-release', message });
    }
  }
  return findings;
}
