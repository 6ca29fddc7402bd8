/** The tags in use, the most frequent first, at most `most`. */
export function frequentTags(rows: { tags: string[] }[], most = 12): string[] {
  const counts = new Map<string, number>();
  for (const { tags } of rows) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || a.localeCompare(b))
    .slice(0, most)
    .map(([tag]) => tag);
}
