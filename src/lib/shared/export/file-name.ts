import { cutText } from '$lib/ui/cut-text';
import { fold } from '$lib/text/fold';

/** File systems take 255 bytes, and a letter has up to four. */
const most = 60;

/**
 * A person's name as part of a file name: Latin letters without their accents, all others unchanged, words joined by
 * hyphens.
 */
export function fileNameOf(name: string): string {
  const words = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/\p{Script=Latin}[\p{Script=Latin}\p{M}]*/gu, fold)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-');
  return cutText(words.replace(/^[-\p{M}]+/u, ''), most).replace(/-+$/, '');
}
