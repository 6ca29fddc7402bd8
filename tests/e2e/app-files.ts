import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'build/_app/immutable';

/** The name of the only script of the build that contains a text. */
export function scriptWith(text: string): string {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.js'))
    .filter((path) => readFileSync(join(folder, path), 'utf8').includes(text));
  const [path, ...others] = found;
  if (!path || others.length > 0) throw new Error(`${found.length} scripts of the build contain ${text}.`);
  return path.split('/').at(-1) ?? '';
}
