import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { parseGuide } from './parse-guide.ts';

/** Makes a module of each markdown file of the user guide, so that the app shows it without a markdown reader. */
export function guide(): Plugin {
  return {
    name: 'user-guide',
    transform(markdown, file) {
      if (!/\/docs\/guide\/[\w-]+\.md$/.test(file)) return null;
      const page = parseGuide(markdown, (picture) => webpSize(readFileSync(join(dirname(file), picture))));
      const pictures = page.blocks.flatMap((block) => (block.type === 'image' ? [block.src] : []));
      const imports = pictures.map(
        (src, index) => `import picture${index} from ${JSON.stringify(`./${src}`)};`,
      );
      const code = pictures.reduce(
        (json, src, index) => json.replace(`"src":${JSON.stringify(src)}`, `"src":picture${index}`),
        JSON.stringify(page),
      );
      return { code: `${imports.join('\n')}\nexport default ${code};`, map: null };
    },
  };
}

/** The size of a WebP picture, from its header. */
function webpSize(data: Buffer): { width: number; height: number } {
  const kind = data.toString('latin1', 12, 16);
  if (kind === 'VP8X') return { width: data.readUIntLE(24, 3) + 1, height: data.readUIntLE(27, 3) + 1 };
  if (kind !== 'VP8 ') throw new Error('A picture of the guide is no lossy WebP.');
  return { width: data.readUInt16LE(26) & 0x3fff, height: data.readUInt16LE(28) & 0x3fff };
}
