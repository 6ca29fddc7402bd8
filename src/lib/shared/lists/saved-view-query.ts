import type { ListFilter } from './list-filter';

const parts = ['text', 'owner', 'tag', 'preset', 'sort'] as const;

/** The parts of a filter that a saved view stores. */
export const asQuery = (filter: ListFilter): Record<string, string> =>
  Object.fromEntries(parts.flatMap((part) => (filter[part] ? [[part, filter[part]]] : [])));

/** The filter of a saved view. Parts that this version does not know are left out. */
export const fromQuery = (query: Record<string, unknown>): ListFilter => ({
  text: '',
  ...Object.fromEntries(
    parts.flatMap((part) => (typeof query[part] === 'string' ? [[part, query[part]]] : [])),
  ),
});
