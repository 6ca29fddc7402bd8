import { goto, pushState } from '$app/navigation';
import { page } from '$app/state';

/**
 * A form that is open while the address says so. A reload keeps it open, Back closes it, and any link to `?new=contact`
 * opens it. A form that opens from its own page is a history entry without a navigation, so the page below keeps its
 * place and focus.
 */
export class FormAddress {
  readonly #name: string;
  readonly #value: string;

  constructor(name: 'new' | 'edit', value: string) {
    this.#name = name;
    this.#value = value;
  }

  get #pushed(): boolean {
    return (page.state as { form?: string }).form === `${this.#name}=${this.#value}`;
  }

  get open(): boolean {
    return this.#pushed || page.url.searchParams.get(this.#name) === this.#value;
  }

  /** Another parameter of the link that opened the form. */
  param(name: string): string | null {
    return page.url.searchParams.get(name);
  }

  show(): void {
    const form = `${this.#name}=${this.#value}`;
    if (!this.open) pushState(`?${form}`, { form });
  }

  close(): void {
    if (this.#pushed) history.back();
    else if (this.open) void goto(page.url.pathname, { replaceState: true, keepFocus: true, noScroll: true });
  }

  /** Goes to a page. Back does not return to the form. */
  leaveFor(path: string): void {
    void goto(path, { replaceState: true });
  }
}
