/** A nullable text as an input shows it. */
export const shown = (value: string | null | undefined): string => value ?? '';

/** What an input's text is stored as: trimmed, nothing as null. */
export const stored = (value: string): string | null => value.trim() || null;

/** The tags in a comma-separated text, each once, in their order. */
export const splitTags = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];

export const joinTags = (tags: string[]): string => tags.join(', ');
