let graphemes: Intl.Segmenter | undefined;

/**
 * The beginning of a text, at most `most` characters as Postgres counts them. It ends between two visible characters:
 * an emoji, or a letter with its marks, is kept whole or dropped.
 */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let cut = '';
  let length = 0;
  for (const { segment } of graphemes.segment(text)) {
    length += [...segment].length;
    if (length > most) break;
    cut += segment;
  }
  return cut;
}
