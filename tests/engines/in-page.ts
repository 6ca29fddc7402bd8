/**
 * Functions that run in the page. Each is sent as its source, so none uses another, an import, or a helper with a name of
 * its own.
 */
import type * as TestingLibrary from '@testing-library/dom';

/** An element as a person would name it: by its role and name, by its label, or by a CSS selector. */
export interface Wanted {
  role?: string;
  label?: string;
  css?: string;
  /** The whole accessible name, or a pattern's source that it must match. */
  name?: string | undefined;
  pattern?: string | undefined;
  /** Text that the element must have in it. */
  text?: string | undefined;
  /** Which of several, from 0; all of them when it is left out. */
  index?: number | undefined;
}

declare global {
  interface Window {
    /** Set before a document is left, so that the next one is told from it. */
    leftBy?: string;
    TestingLibraryDom?: typeof TestingLibrary;
    matching?: (path: Wanted[]) => Element[];
  }
}

export const isPrepared = (): boolean => 'matching' in window;
/** Whether elements can be found by their role and label. */
export const knowsRoles = (): boolean => 'TestingLibraryDom' in window;
export const texts = (path: Wanted[]): string[] =>
  (window.matching?.(path) ?? []).map((element) => element.textContent?.trim() ?? '');
export const first = (path: Wanted[]): Element | null => window.matching?.(path)[0] ?? null;
export const attribute = (element: Element, name: string): string => element.getAttribute(name) ?? '';
export const value = (element: Element): string => (element as HTMLInputElement).value;

/** The visible elements that match, from the outermost search to the innermost. */
export const matching = (path: Wanted[]): Element[] => {
  const library = window.TestingLibraryDom;
  let found: Element[] = [document.documentElement];
  for (const { role, label, css, name, pattern, text, index } of path) {
    const options = { name: pattern === undefined ? name : new RegExp(pattern) };
    found = found.flatMap((root) => {
      const within = root as HTMLElement;
      if (css) return [...within.querySelectorAll(css)];
      if (!library) throw new Error('The library is not there yet.');
      if (role) return library.queryAllByRole(within, role, (name ?? pattern) ? options : {});
      return library.queryAllByLabelText(within, label ?? '');
    });
    if (text) found = found.filter((element) => element.textContent?.includes(text));
    // A file input is worked by its label, and is itself not to be seen.
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
