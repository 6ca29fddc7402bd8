/** What a page needs besides its scripts: how a file is fetched anew. */
type Refetch = (url: string) => Promise<boolean>;

/**
 * The files that were announced in the head of the page (a preload, a style sheet) and did not come. WebKit answers an
 * `import()` from a failed preload for good, even after a reload, until the file is fetched past every cache; and nobody
 * asks for a style sheet twice.
 */
export class LostFiles {
  readonly #links = new Map<string, HTMLLinkElement>();

  constructor(
    target: EventTarget | undefined,
    private readonly refetch: Refetch = refetched,
  ) {
    target?.addEventListener('error', ({ target: link }) => this.#note(link), { capture: true });
  }

  /**
   * Fetches anew what did not come.
   * @returns whether something came that had not: then it is worth asking again
   */
  async mend(): Promise<boolean> {
    const mended = await Promise.all([...this.#links].map(([url, link]) => this.#mend(url, link)));
    return mended.includes(true);
  }

  async #mend(url: string, link: HTMLLinkElement): Promise<boolean> {
    if (!(await this.refetch(url)) || !this.#links.delete(url)) return false;
    if (link.rel === 'stylesheet') link.replaceWith(link.cloneNode());
    return true;
  }

  #note(link: EventTarget | null): void {
    if (link instanceof HTMLLinkElement && ['modulepreload', 'stylesheet'].includes(link.rel))
      this.#links.set(link.href, link);
  }
}

async function refetched(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { cache: 'reload' })).ok;
  } catch {
    return false;
  }
}
