import type { Region } from './alphabets';

/** An encoding that a file may be in, by its name for `TextDecoder`. */
export interface Encoding {
  name: string;
  label: string;
  region: Region;
  /** A bonus for its score: if two encodings read a text equally well, the more common one is meant. */
  prior: number;
}

const of = (name: string, label: string, region: Region, prior: number): Encoding => ({
  name,
  label,
  region,
  prior,
});

/** The encodings that a file may have if it is not Unicode. */
export const legacyEncodings: Encoding[] = [
  of('windows-1252', 'Western European (Windows)', 'western', 0.04),
  of('macintosh', 'Western European (Mac)', 'western', 0),
  of('windows-1250', 'Central European (Windows)', 'central', 0.03),
  of('iso-8859-2', 'Central European (ISO)', 'central', 0.01),
  of('windows-1257', 'Baltic (Windows)', 'baltic', 0),
  of('windows-1254', 'Turkish (Windows)', 'turkish', 0.02),
  of('windows-1251', 'Cyrillic (Windows)', 'cyrillic', 0.033),
  of('koi8-r', 'Cyrillic (KOI8-R)', 'cyrillic', 0),
  of('ibm866', 'Cyrillic (DOS)', 'cyrillic', 0),
  of('x-mac-cyrillic', 'Cyrillic (Mac)', 'cyrillic', 0),
  of('windows-1253', 'Greek (Windows)', 'greek', 0.02),
  // Hebrew has no capitals, so text with them is not taken for it.
  of('windows-1255', 'Hebrew (Windows)', 'hebrew', 0.036),
  of('windows-1256', 'Arabic (Windows)', 'arabic', 0.02),
  of('windows-874', 'Thai (Windows)', 'thai', 0.01),
  of('shift_jis', 'Japanese (Shift-JIS)', 'eastern', 0.03),
  of('euc-jp', 'Japanese (EUC-JP)', 'eastern', 0.015),
  of('gb18030', 'Chinese, simplified (GBK)', 'eastern', 0.02),
  of('big5', 'Chinese, traditional (Big5)', 'eastern', 0.01),
  of('euc-kr', 'Korean (EUC-KR)', 'eastern', 0.025),
];

/** The encodings that a person can choose, by name, in the order of the choice. */
export const encodingLabels: Record<string, string> = {
  'utf-8': 'Unicode (UTF-8)',
  'utf-16le': 'Unicode (UTF-16)',
  'utf-16be': 'Unicode (UTF-16, big-endian)',
  ...Object.fromEntries(legacyEncodings.map(({ name, label }) => [name, label])),
};
