import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { BUILD } from '../../supabase/embedded/build-app';
import { newFiles, replacements } from './next-build-changes';

const sources = [
  'src',
  'static',
  'docs/guide',
  'supabase',
  'package.json',
  'package-lock.json',
  'svelte.config.js',
  'vite',
  'vite.config.ts',
  'tsconfig.json',
];

/** A real build of the next release, made from a changed copy of the sources in a temporary folder. */
export class NextBuild {
  readonly #copy: string;

  private constructor(copy: string) {
    this.#copy = copy;
  }

  /** @throws Error with Vite's output if the copy cannot be built */
  static async make(): Promise<NextBuild> {
    const made = new NextBuild(mkdtempSync(join(tmpdir(), 'atomic-crm-next-')));
    try {
      made.#copySources();
      made.#change();
      await made.#build();
      return made;
    } catch (error) {
      made.remove();
      throw error;
    }
  }

  /** The folder of the built files. */
  get folder(): string {
    return join(this.#copy, BUILD);
  }

  remove(): void {
    rmSync(this.#copy, { recursive: true, force: true });
  }

  #copySources(): void {
    const isSource = (path: string) => !/[\\/]\.(embedded|temp|backups)/.test(path);
    for (const path of sources) cpSync(path, join(this.#copy, path), { recursive: true, filter: isSource });
    symlinkSync(resolve('node_modules'), join(this.#copy, 'node_modules'), 'junction');
  }

  #change(): void {
    for (const { file, find, replace } of replacements) {
      const path = join(this.#copy, file);
      const source = readFileSync(path, 'utf8');
      if (source.split(find).length !== 2)
        throw new Error(`Adapt next-build-changes.ts: ${file} does not have exactly one ${find}`);
      writeFileSync(
        path,
        source.replace(find, () => replace),
      );
    }
    for (const [file, source] of Object.entries(newFiles)) {
      mkdirSync(dirname(join(this.#copy, file)), { recursive: true });
      writeFileSync(join(this.#copy, file), source.trimStart());
    }
  }

  async #build(): Promise<void> {
    const vite = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error'], {
      cwd: this.#copy,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(vite, 'close');
    const printed = await Promise.all([text(vite.stdout), text(vite.stderr)]);
    const [code] = (await ended) as [number | null];
    if (code !== 0) throw new Error(`The next release cannot be built:\n${printed.join('\n')}`);
  }
}
