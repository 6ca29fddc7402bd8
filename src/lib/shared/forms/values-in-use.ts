import { all } from '$lib/store/read';
import { joinTags, splitTags } from './text';

/** The free-text fields that suggest values from other records. */
export type SuggestedField =
  'contacts.tags' | 'companies.tags' | 'companies.segment' | 'deals.tags' | 'deals.source';

/** The values of a field in use, the most frequent first, at most `most`. */
export async function valuesInUse(field: SuggestedField, most = 100): Promise<string[]> {
  const [entity, name] = field.split('.') as ['contacts', 'tags'];
  const counts = new Map<string, number>();
  for (const row of await all(entity))
    for (const value of [Reflect.get(row, name) as string[] | string | null].flat())
      if (value?.trim()) counts.set(value.trim(), (counts.get(value.trim()) ?? 0) + 1);
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || a.localeCompare(b))
    .slice(0, most)
    .map(([value]) => value);
}

/** The ways to complete a list of tags: the text up to its last comma, followed by each tag that is not in it yet. */
export function tagCompletions(typed: string, tags: string[]): string[] {
  const before = splitTags(typed.slice(0, Math.max(0, typed.lastIndexOf(','))));
  return tags.filter((tag) => !before.includes(tag)).map((tag) => joinTags([...before, tag]));
}
