/** Headers by path pattern, in the order in which they apply; null removes one. */
export type HeaderRules = { path: RegExp; headers: [name: string, value: string | null][] }[];

/**
 * Reads a `_headers` file like Netlify and Cloudflare Pages: a path has no indentation, its headers follow below it,
 * and `!` removes one.
 */
export function headerRules(text: string): HeaderRules {
  const rules: HeaderRules = [];
  for (const line of text.split('\n')) {
    if (/^\s*(#|$)/.test(line)) continue;
    if (/^\S/.test(line)) {
      const source = line.trim().replace(/[.]/g, '\\.').replaceAll('*', '.*');
      rules.push({ path: new RegExp(`^${source}$`), headers: [] });
      continue;
    }
    const [, removed] = /^\s+!\s*(\S+)/.exec(line) ?? [];
    const [, name = '', value = ''] = /^\s+([^:]+):\s*(.+)$/.exec(line) ?? [];
    rules.at(-1)?.headers.push(removed ? [removed, null] : [name, value]);
  }
  return rules;
}

/** The headers that the rules give a path, by lowercase name. */
export function headersFor(path: string, rules: HeaderRules): Record<string, string> {
  const headers = new Map<string, string>();
  for (const rule of rules.filter((rule) => rule.path.test(path))) {
    for (const [name, value] of rule.headers) {
      if (value === null) headers.delete(name.toLowerCase());
      else headers.set(name.toLowerCase(), value);
    }
  }
  return Object.fromEntries(headers);
}
