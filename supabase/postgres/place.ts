import { existsSync } from 'node:fs';
import {
  chmod,
  chown,
  copyFile,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readlink,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { CannotStart } from '../terminal/cannot-start.ts';
import { runAs, type Account } from './account.ts';
import { program } from './programs.ts';

/** The prefix of every place's name, so that places left by a crash can be found. */
export const PREFIX = 'crm-cluster-';

/** The folders that one Postgres uses. */
export interface Place {
  /** The folder that contains the others; only the user who started this can change it. */
  directory: string;
  /** The folder for the database files. It is empty and belongs to the account. */
  data: string;
  /** The folder with the programs that the account can run. */
  bin: string;
}

interface Wishes {
  /** The service's name in messages. */
  what: string;
  bin: string;
  account: Account | null;
}

/** The base folders to try, the preferred one first: another account may not be able to enter it. */
export const bases = (): string[] => [
  ...new Set([
    tmpdir(),
    ...(process.platform === 'win32' ? [] : ['/tmp', '/var/tmp', '/dev/shm', '/run/shm']),
  ]),
];

/**
 * Makes a folder that the account can use, and copies the programs into it if the account cannot run them in place or
 * if Postgres cannot find itself there.
 *
 * @throws CannotStart when no temporary folder of this machine works
 */
export async function makePlace(wishes: Wishes, among = bases()): Promise<Place> {
  const { what, bin } = wishes;
  if (!existsSync(program(bin, 'initdb')))
    throw new CannotStart(
      what,
      `the program initdb is not in ${bin}`,
      'run "npm ci", or name the folder that has the Postgres programs',
    );
  const reasons: string[] = [];
  for (const base of among) {
    let directory: string;
    try {
      directory = await mkdtemp(join(base, PREFIX));
    } catch (error) {
      reasons.push(`${base} cannot be written to (${codeOf(error)})`);
      continue;
    }
    try {
      return await preparePlace(directory, wishes);
    } catch (error) {
      await rm(directory, { recursive: true, force: true });
      reasons.push(error instanceof Unfit ? error.message : `${base} cannot be used (${codeOf(error)})`);
    }
  }
  throw new CannotStart(
    what,
    reasons.join(' and '),
    wishes.account
      ? 'set TMPDIR to a folder that every account of this machine can enter and run programs from'
      : 'set TMPDIR to a folder that you can write to, and run "npm ci" if the programs are damaged',
  );
}

/** Postgres passes the paths of its programs and folders to a shell, which would interpret these characters. */
const FOR_THE_SHELL = process.platform === 'win32' ? /[%"]/ : /["$`\\]/;

/** Why a folder does not work. */
class Unfit extends Error {}

async function preparePlace(directory: string, { bin, account }: Wishes): Promise<Place> {
  if (FOR_THE_SHELL.test(directory))
    throw new Unfit(`Postgres cannot use ${dirname(directory)} because its name has a shell character`);
  const data = join(directory, 'data');
  await mkdir(data, { mode: 0o700 });
  if (account) {
    await chmod(directory, 0o755);
    await chown(data, account.uid, account.gid);
    const entered = await runAs(account, '/bin/sh', ['-c', 'cd "$0" && test -w .', data], '/');
    if (!entered.ok)
      throw new Unfit(`the Postgres account cannot use ${dirname(directory)}${told(entered.said)}`);
  }
  if (!FOR_THE_SHELL.test(bin)) {
    const said = await tryPrograms(bin, account, data);
    if (said === null) return { directory, data, bin };
    if (!account) throw new Unfit(`${program(bin, 'initdb')} does not run${told(said)}`);
  }
  const copy = await copyPrograms(bin, join(directory, 'programs'));
  const said = await tryPrograms(copy, account, data);
  if (said === null) return { directory, data, bin: copy };
  throw new Unfit(`the Postgres programs do not run in ${dirname(directory)}${told(said)}`);
}

const told = (said: string) => (said.trim() ? ` (${said.trim().split('\n').at(-1)})` : '');
const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? String(error);

/**
 * Null if the programs run, and otherwise the message. Only running them takes access lists and mount options into
 * account.
 */
async function tryPrograms(bin: string, account: Account | null, folder: string): Promise<string | null> {
  const { ok, said } = await runAs(account, program(bin, 'initdb'), ['--version'], folder);
  return ok ? null : said;
}

/** Copies the programs, and the files they look for next to their folder, to where everyone can read them. */
async function copyPrograms(bin: string, to: string): Promise<string> {
  await makeOpen(to);
  for (const part of ['bin', 'lib', 'share'].map((name) => join(dirname(bin), name)))
    if (existsSync(part)) await copyFolder(part, join(to, basename(part)));
  return join(to, 'bin');
}

async function copyFolder(from: string, to: string): Promise<void> {
  await makeOpen(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyFolder(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else await copyOrLink(source, target);
  }
}

/** A hard link costs nothing, but it keeps the file's permissions and cannot cross disks. */
async function copyOrLink(source: string, target: string): Promise<void> {
  const { mode } = await stat(source);
  const isOpen = (mode & 0o004) !== 0 && ((mode & 0o100) === 0 || (mode & 0o001) !== 0);
  const isLinked =
    isOpen &&
    (await link(source, target).then(
      () => true,
      () => false,
    ));
  if (isLinked) return;
  await copyFile(source, target);
  await chmod(target, 0o755);
}

/** Makes a folder that everyone can read, whatever the umask is. */
async function makeOpen(folder: string): Promise<void> {
  await mkdir(folder);
  await chmod(folder, 0o755);
}
