import { commonShare, isDoubleByte } from './double-byte';
import { plausibility } from './encoding-score';
import { legacyEncodings, type Encoding } from './encodings';
import { FileProblem } from './file-problem';
import { hasUtf8, isUtf8, linesOf, mixedText } from './mixed-text';

const workbook =
  'This is a workbook, not a CSV file. Open it in your spreadsheet program and save it as CSV, then choose that file.';
const noText = 'This is not a text file. Choose a CSV file exported from a spreadsheet or an address book.';

/**
 * Decodes a file. Unicode is recognized for certain. Otherwise it chooses the encoding in which the text looks most
 * like one that people wrote.
 * @param chosen the encoding that the person chose
 * @throws FileProblem if it is not text
 */
export interface Decoded {
  text: string;
  /** The encoding by its name for `TextDecoder`; in a mixed file, the encoding of the lines that are not UTF-8. */
  encoding: string;
  /** Most lines are UTF-8 and some are not, so each line is read by itself. */
  mixed: boolean;
}

const startsWith = (bytes: Uint8Array, ...signature: number[]) =>
  signature.every((byte, index) => bytes[index] === byte);

/**
 * Decodes a file. Unicode is recognized for certain. Otherwise it chooses the encoding in which the text looks most
 * like one that people wrote.
 * @param chosen the encoding that the person chose
 * @throws FileProblem if it is not text
 */
export async function decode(bytes: Uint8Array, chosen?: string): Promise<Decoded> {
  if (startsWith(bytes, 0x50, 0x4b, 3, 4) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw new FileProblem(workbook);
  const found = unicodeOf(bytes);
  const { encoding, mixed } = found ? { encoding: found, mixed: false } : await legacyOf(bytes);
  const used = chosen ?? encoding;
  const whole = mixed && used !== 'utf-8' ? mixedText(bytes, used) : new TextDecoder(used).decode(bytes);
  const text = withoutMarks(whole);
  if (!chosen && isBinary(text)) throw new FileProblem(noText);
  return { text, encoding: used, mixed };
}

/** The sign with which DOS ended files, and the padding that filled the last disk block. */
const endMark = '\u001a';
const end = new RegExp(`${endMark}[${endMark}\\s]*$|${endMark}*\\0+$`);

/** Removes the end mark and a second byte order mark. */
const withoutMarks = (text: string): string => text.replace(end, '').replace(/^\ufeff+/, '');

function unicodeOf(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  const sample = bytes.subarray(0, 1000);
  const zeros = [0, 1].map((from) => sample.filter((byte, index) => index % 2 === from && byte === 0).length);
  const [even = 0, odd = 0] = zeros.map((count) => count / (sample.length / 2 || 1));
  // In UTF-16, every other byte of Latin letters is zero. In other scripts, this is true of separators and line ends.
  if (odd > 0.03 && even < odd / 5) return 'utf-16le';
  if (even > 0.03 && odd < even / 5) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : undefined;
}

/** The number of bytes that are enough to recognize the encoding. */
const enough = 20_000;

/** The encoding of a file that is not entirely UTF-8. */
async function legacyOf(bytes: Uint8Array): Promise<Pick<Decoded, 'encoding' | 'mixed'>> {
  const lines = linesOf(bytes).filter((line) => line.some((byte) => byte > 0x7f));
  const others = lines.filter((line) => !isUtf8(line) && !hasUtf8(line));
  const whole = await bestFor(lines);
  if (others.length === lines.length) return { encoding: whole.encoding, mixed: false };
  const rest = others.length > 0 ? await bestFor(others) : { encoding: 'windows-1252', score: 1 };
  const share = others.length / lines.length;
  const mixed = share * rest.score + (1 - share) * 0.95 > whole.score;
  return { encoding: mixed ? rest.encoding : whole.encoding, mixed };
}

interface Guess {
  encoding: string;
  score: number;
}

/** The encoding that reads the lines best. */
async function bestFor(lines: Uint8Array[]): Promise<Guess> {
  const bytes = joined(lines);
  const { analyse } = await import('chardet');
  const opinions = new Map(analyse(bytes).map(({ name, confidence }) => [name.toLowerCase(), confidence]));
  const guesses = legacyEncodings.map((encoding): Guess => {
    const { name, prior } = encoding;
    return { encoding: name, score: scoreOf(bytes, encoding) + prior + (opinions.get(name) ?? 0) / 2000 };
  });
  return guesses.reduce((best, guess) => (guess.score > best.score ? guess : best));
}

function scoreOf(bytes: Uint8Array, { name, region }: Encoding): number {
  let text: string;
  try {
    text = new TextDecoder(name, { fatal: true }).decode(bytes);
  } catch {
    return -10;
  }
  if (!isDoubleByte(name)) return plausibility(text.split('\n'), region);
  // A Latin letter beside an ideograph is part of a misread Latin word.
  const besides = text.match(/[A-Za-z][^\0-\x7f]|[^\0-\x7f][a-z]/gu)?.length ?? 0;
  return commonShare(bytes, name) - besides / (text.match(/[^\0-\x7f]/gu)?.length ?? 1);
}

/** The lines joined, up to a length that is enough to recognize the encoding. */
function joined(lines: Uint8Array[]): Uint8Array {
  const taken: number[] = [];
  for (const line of lines) {
    if (taken.length > 0 && taken.length + line.length > enough) break;
    taken.push(...line.subarray(0, enough), 0x0a);
  }
  return Uint8Array.from(taken);
}

/** Text has no NUL and hardly any other control characters. */
function isBinary(text: string): boolean {
  return text.includes('\0') || (text.slice(0, 4000).match(/[^\P{Cc}\s]/gu)?.length ?? 0) > 8;
}
