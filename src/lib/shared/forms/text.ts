/** A nullable text as an input shows it. */
export const shown = (value: string | null | undefined): string => value ?? '';

/** The stored form of an input's text: trimmed, and null if it is empty. */
export const stored = (value: string): string | null => value.trim() || null;

/**
 * The tags in a text, each once, in their order. A tag that contains a separator is in quotation marks, and a quotation
 * mark inside it is doubled, as `joinTags` writes it.
 * @param separator a pattern for the separators
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

/** Writes tags as one text. `splitTags` reads the same tags from it. */
export const joinTags = (tags: string[]): string =>
  tags.map((tag) => (/[,;|\n]|^["*]|:::/.test(tag) ? `"${tag.replaceAll('"', '""')}"` : tag)).join(', ');
