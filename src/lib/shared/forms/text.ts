/** A nullable text as an input shows it. */
export const shown = (value: string | null | undefined): string => value ?? '';

/** What an input's text is stored as: trimmed, nothing as null. */
export const stored = (value: string): string | null => value.trim() || null;

/**
 * The tags in a text, each once, in their order. A tag that contains a separator stands in quotation marks, doubled
 * within it, as `joinTags` writes it.
 * @param separator a pattern of what separates the tags
 */
export function splitTags(text: string, separator = ','): string[] {
  const part = new RegExp(`\\s*(?:"((?:[^"]|"")*)"\\s*(?=${separator}|$)|([^]*?))(?:${separator}|$)`, 'gy');
  const tags = new Set<string>();
  for (const [, quoted, bare = ''] of text.matchAll(part)) {
    const tag = (quoted?.replaceAll('""', '"') ?? bare).trim();
    if (tag) tags.add(tag);
  }
  return [...tags];
}

/** Tags as one text, from which `splitTags` makes the same tags. */
export const joinTags = (tags: string[]): string =>
  tags.map((tag) => (/[,;|\n]|^["*]|:::/.test(tag) ? `"${tag.replaceAll('"', '""')}"` : tag)).join(', ');
