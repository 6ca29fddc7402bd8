import { Refusal } from '../command.ts';
import { run } from '../tool.ts';

/**
 * The commit that is about to be deployed.
 *
 * @throws Refusal if the work tree has changes, unless `allowDirty`: what runs on the server must be in history
 */
export async function requireCleanGit(allowDirty: boolean, folder = process.cwd()): Promise<string> {
  const status = await run('git', ['status', '--porcelain'], {}, folder);
  const commit = await run('git', ['rev-parse', '--short', 'HEAD'], {}, folder);
  if (status.code !== 0 || commit.code !== 0) {
    if (allowDirty) return 'not in a git repository';
    throw new Refusal(`git failed: ${status.stderr.trim()}`);
  }
  const changes = status.stdout.trim();
  if (changes && !allowDirty) {
    throw new Refusal(
      `The work tree has uncommitted changes:\n${changes}\nCommit them, or deploy with --allow-dirty.`,
    );
  }
  return `${commit.stdout.trim()}${changes ? ' and uncommitted changes' : ''}`;
}
