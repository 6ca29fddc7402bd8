import { goto } from '$app/navigation';
import { page } from '$app/state';

/**
 * A form that is open while the address says so: a reload keeps it open, Back closes it, and any link
 * to `?new=contact` opens it.
 */
export class FormAddress {
  readonly #name: string;
  readonly #value: string;
  /** Opened from this page, so that the entry before it in the history is the page without the form. */
  #pushed = false;

  constructor(name: 'new' | 'edit', value: string) {
    this.#name = name;
    this.#value = value;
  }

  get open(): boolean {
    return page.url.searchParams.get(this.#name) === this.#value;
  }

  /** A further parameter of the address that opened the form. */
  param(name: string): string | null {
    return page.url.searchParams.get(name);
  }

  show(): void {
    this.#pushed = true;
    const url = new URL(page.url);
    url.searchParams.set(this.#name, this.#value);
    void goto(url, { keepFocus: true, noScroll: true });
  }

  close(): void {
    if (!this.open) return;
    if (this.#pushed) history.back();
    else void goto(page.url.pathname, { replaceState: true, keepFocus: true, noScroll: true });
    this.#pushed = false;
  }

  /** Leaves for a page; Back from there does not come back to the form. */
  leaveFor(path: string): void {
    this.#pushed = false;
    void goto(path, { replaceState: true });
  }
}
