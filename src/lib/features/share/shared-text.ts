/** Joins the parts that another app shared: its title, its text and its address, each once. */
export function sharedText(params: URLSearchParams): string {
  const parts = ['title', 'text', 'url'].map((name) => params.get(name)?.trim() ?? '').filter(Boolean);
  return parts
    .filter(
      (part, index) =>
        !parts.some((other, at) => at !== index && other.includes(part) && (other !== part || at < index)),
    )
    .join('\n');
}
