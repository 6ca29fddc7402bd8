/** The filters and the sort order of the deals page, as its address has them. */
export type Choices = Partial<Record<Choice, string>>;
type Choice = (typeof names)[number];

const names = ['view', 'stage', 'mine', 'archived', 'principal', 'preset', 'sort'] as const;

/** The choices in an address. Unknown words are left out. */
export const readChoices = (params: URLSearchParams): Choices =>
  Object.fromEntries(names.flatMap((name) => (params.get(name) ? [[name, params.get(name)]] : [])));

/** The address with exactly these choices. Its other parts stay. */
export function withChoices(address: URL, choices: Choices): URL {
  const url = new URL(address);
  for (const name of names) {
    const value = choices[name];
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  return url;
}

/** The query that a saved view stores; empty if the choices show every deal. */
export function asQuery(choices: Choices, text: string): Record<string, string> {
  const query: Record<string, string> = { ...choices, ...(text.trim() ? { text } : {}) };
  return Object.keys(query).some((name) => name !== 'view') ? query : {};
}

/** The choices of a saved view. Parts that this version does not know are left out. */
export function fromQuery(query: Record<string, unknown>): { choices: Choices; text: string } {
  const known = names.flatMap((name) => (typeof query[name] === 'string' ? [[name, query[name]]] : []));
  return { choices: Object.fromEntries(known), text: typeof query.text === 'string' ? query.text : '' };
}
