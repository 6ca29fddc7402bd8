import { FileProblem } from './file-problem';

const workbook =
  'This is a workbook, not a CSV file. Open it in your spreadsheet program and save it as CSV, then choose that file.';
const noText = 'This is not a text file. Choose a CSV file, as spreadsheets and address books export it.';

const startsWith = (bytes: Uint8Array, ...signature: number[]) =>
  signature.every((byte, index) => bytes[index] === byte);

/**
 * The text of a file: UTF-8 or UTF-16, with or without a byte order mark, else Windows-1252, in which
 * older programs export.
 * @throws FileProblem for what is no text
 */
export function decode(bytes: Uint8Array): string {
  if (startsWith(bytes, 0x50, 0x4b, 3, 4) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw new FileProblem(workbook);
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  if (isBinary(text)) throw new FileProblem(noText);
  return text;
}

function encodingOf(bytes: Uint8Array): string {
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  const sample = bytes.subarray(0, 1000);
  const zeros = [0, 1].map((from) => sample.filter((byte, index) => index % 2 === from && byte === 0).length);
  const [even = 0, odd = 0] = zeros.map((count) => count / (sample.length / 2 || 1));
  // Latin letters in UTF-16 are every other byte zero.
  if (odd > 0.4 && even < 0.1) return 'utf-16le';
  if (even > 0.4 && odd < 0.1) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** No text holds NUL, and hardly any other control character. */
function isBinary(text: string): boolean {
  return text.includes('\0') || (text.slice(0, 4000).match(/[^\P{Cc}\s]/gu)?.length ?? 0) > 8;
}
