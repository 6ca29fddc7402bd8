/** Fetches a file again, past the caches; resolves to whether that worked. */
type Refetch = (url: string) => Promise<boolean>;

/**
 * The files that the head of the page names (a preload, a style sheet) and that could not be loaded. After a failed
 * preload, WebKit fails every `import()` of the file, even after a reload, until the file is fetched past every cache. And
 * no browser asks for a style sheet twice.
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
   * Fetches the lost files again.
   * @returns whether at least one arrived, so that it is worth trying again
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
