import { isDoubleByte } from './double-byte';

/** The lines of a file without their line ends. */
export function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let at = 0; at <= bytes.length; at++) {
    if (at < bytes.length && bytes[at] !== 0x0a && bytes[at] !== 0x0d) continue;
    if (at > from) lines.push(bytes.subarray(from, at));
    from = at + 1;
  }
  return lines;
}

const strict = new TextDecoder('utf-8', { fatal: true });

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

// One letter of UTF-8 beyond ASCII, its bytes as letters of Latin-1.
const utf8Letter = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g;
const letterOrByte = new RegExp(`(${utf8Letter.source})|[^\\0-\\x7f]`, 'g');
const binary = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Whether most of the letters beyond ASCII in a line are UTF-8, but not all. */
export function hasUtf8(line: Uint8Array): boolean {
  const text = binary(line);
  // A longer sequence is less likely to be chance.
  const letters = (text.match(utf8Letter) ?? []).reduce((sum, letter) => sum + letter.length - 1, 0);
  const others = text.replace(utf8Letter, '').match(/[^\0-\x7f]/g)?.length ?? 0;
  return letters > others;
}

/**
 * The text of a file with two encodings: UTF-8, and another one for lines that are not UTF-8. A line with both keeps
 * its UTF-8 parts.
 */
export function mixedText(bytes: Uint8Array, other: string): string {
  const [utf8, decoder] = [new TextDecoder(), new TextDecoder(other)];
  let text = '';
  let from = 0;
  for (let at = 0; at <= bytes.length; at++) {
    if (at < bytes.length && bytes[at] !== 0x0a && bytes[at] !== 0x0d) continue;
    const line = bytes.subarray(from, at + 1);
    from = at + 1;
    if (isUtf8(line)) text += utf8.decode(line);
    else if (isDoubleByte(other) || !hasUtf8(line)) text += decoder.decode(line);
    else
      text += binary(line).replace(letterOrByte, (part, whole?: string) =>
        (whole ? utf8 : decoder).decode(bytesOf(part)),
      );
  }
  return text;
}
