/** What the deals page is narrowed to and sorted by, as its address says. */
export type Choices = Partial<Record<Choice, string>>;
type Choice = (typeof names)[number];

const names = ['view', 'stage', 'mine', 'archived', 'principal', 'preset', 'sort'] as const;

/** The choices of an address; what is no choice of ours is left out. */
export const readChoices = (params: URLSearchParams): Choices =>
  Object.fromEntries(names.flatMap((name) => (params.get(name) ? [[name, params.get(name)]] : [])));

/** The address with these choices and no others; the rest of it stays. */
export function withChoices(address: URL, choices: Choices): URL {
  const url = new URL(address);
  for (const name of names) {
    const value = choices[name];
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  return url;
}

/** What a saved view keeps: nothing where the choices show every deal. */
export function asQuery(choices: Choices, text: string): Record<string, string> {
  const query: Record<string, string> = { ...choices, ...(text.trim() ? { text } : {}) };
  return Object.keys(query).some((name) => name !== 'view') ? query : {};
}

/** What a saved view shows; what this version does not know is left out. */
export function fromQuery(query: Record<string, unknown>): { choices: Choices; text: string } {
  const known = names.flatMap((name) => (typeof query[name] === 'string' ? [[name, query[name]]] : []));
  return { choices: Object.fromEntries(known), text: typeof query.text === 'string' ? query.text : '' };
}
