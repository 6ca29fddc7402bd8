import type { ListFilter } from './list-filter';

const parts = ['text', 'owner', 'tag', 'preset', 'sort'] as const;

/** What a saved view keeps of a filter: the parts that narrow or sort. */
export const asQuery = (filter: ListFilter): Record<string, string> =>
  Object.fromEntries(parts.flatMap((part) => (filter[part] ? [[part, filter[part]]] : [])));

/** The filter that a saved view keeps; what this version does not know is left out. */
export const fromQuery = (query: Record<string, unknown>): ListFilter => ({
  text: '',
  ...Object.fromEntries(
    parts.flatMap((part) => (typeof query[part] === 'string' ? [[part, query[part]]] : [])),
  ),
});
