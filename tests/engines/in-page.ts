/**
 * Functions that run in the page. Each is sent as its source text, so none uses another function, an import, or a named
 * helper.
 */
import type * as TestingLibrary from '@testing-library/dom';

/** How to find an element: by its role and name, by its label, or by a CSS selector. */
export interface Wanted {
  role?: string;
  label?: string;
  css?: string;
  /** The whole accessible name, or the source of a pattern that it must match. */
  name?: string | undefined;
  pattern?: string | undefined;
  /** Text that the element must contain. */
  text?: string | undefined;
  /** Which one of several, from 0; without it, all of them. */
  index?: number | undefined;
}

declare global {
  interface Window {
    /** Set before a document is left, to tell it from the next one. */
    leftBy?: string;
    TestingLibraryDom?: typeof TestingLibrary;
    /** Null if the library is not loaded yet and `path` needs it. */
    matching?: (path: Wanted[]) => Element[] | null;
  }
}

/** The ways to search the document. Labels need the same library as roles. */
export const abilities = () => ({
  findsByCss: 'matching' in window,
  findsByRole: 'TestingLibraryDom' in window,
});
/** Null if the document is not prepared for `path`. */
export const texts = (path: Wanted[]): string[] | null =>
  window.matching?.(path)?.map((element) => element.textContent?.trim() ?? '') ?? null;
export const first = (path: Wanted[]): Element | null => window.matching?.(path)?.[0] ?? null;
export const attribute = (element: Element, name: string): string => element.getAttribute(name) ?? '';
export const value = (element: Element): string => (element as HTMLInputElement).value;

/** The visible elements that match, from the outermost search to the innermost. */
export const matching = (path: Wanted[]): Element[] | null => {
  const library = window.TestingLibraryDom;
  if (!library && path.some(({ css }) => css === undefined)) return null;
  let found: Element[] = [document.documentElement];
  for (const { role, label, css, name, pattern, text, index } of path) {
    const options = { name: pattern === undefined ? name : new RegExp(pattern) };
    found = found.flatMap((root) => {
      const within = root as HTMLElement;
      if (css) return [...within.querySelectorAll(css)];
      if (!library) return [];
      if (role) return library.queryAllByRole(within, role, (name ?? pattern) ? options : {});
      return library.queryAllByLabelText(within, label ?? '');
    });
    if (text) found = found.filter((element) => element.textContent?.includes(text));
    // A file input is used through its label and is itself not visible.
    found = found.filter(
      (element) => element.getClientRects().length > 0 || (element as HTMLInputElement).type === 'file',
    );
    if (index !== undefined) found = found.slice(index, index + 1);
  }
  return found;
};

/** The element if a click on it would reach it: enabled, in view and not covered. */
export const clickable = (element: Element): boolean => {
  if (element.matches(':disabled')) return false;
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const hit = document.elementFromPoint(left + width / 2, top + height / 2);
  return !!hit && (element.contains(hit) || hit.contains(element));
};
